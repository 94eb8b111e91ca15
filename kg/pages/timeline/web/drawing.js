// The lanes with their entries, the axis above them, and what runs along all of them.
const drawing = (() => {
  const root = document.getElementById("drawing");
  const head = draw("svg", { class: "head", role: "img", "aria-label": "Dates, ages and what runs along all lanes" });
  const body = draw("svg", { role: "group", "aria-label": "Entries in lanes. Arrow keys go from entry to entry." });
  root.append(head, body);
  const nodes = new Map(), bars = new Map();   // entry -> its marks, its bars
  let lanes = [], line = 15, r = 5, tops = [], height = 0, order = [], fade = () => {}, plot = null, over = null;
  let focused = 0, printing = null;

  function width() {
    return printing ? printing[0] : Math.max(420, root.clientWidth);
  }
  function softs() {
    const defs = draw("defs", {});
    for (let c = 0; c < 8; c++) {
      for (const [name, a, b] of [["range", 0.12, 0.12], ["before", 0, 0.5], ["after", 0.5, 0]]) {
        const stop = (at, opacity) => draw("stop", { class: `c${c}`, offset: at, "stop-color": "currentColor", "stop-opacity": opacity });
        defs.append(draw("linearGradient", { id: `soft-${name}-${c}` }, stop(0, a), stop(name === "range" ? 0.25 : 0.5, 0.5), stop(name === "range" ? 0.75 : 0.5, 0.5), stop(1, b)));
      }
    }
    return defs;
  }

  // The room for names and for rows: names whole in two lines where they can be, and rows as high as lets all lanes be seen.
  const NAME = 12, LEAST = 6, ROOMY = 10.5;
  const tallness = (lane, words, each) => Math.max(lane.lines * each + (each < 8 ? 2 : 5), words.length * NAME + (words.length > 1 || each < 8 ? 3 : 5));
  function fit() {
    const indent = state.by === "agency" || state.by === "professional" ? 36 : 16, wide = scale.now.width;
    const most = wide < 640 ? 110 : Math.min(250, Math.max(150, wide * 0.24));
    const room = (printing ? printing[1] : root.clientHeight || 500) - heading.height() - 5;
    const whole = (each) => lanes.reduce((sum, lane, i) => sum + tallness(lane, names[i], each), 0);
    // Names stand in two lines; in one where a low window would otherwise hide lanes.
    let names = [], low = printing ? 6 : LEAST, high = printing ? 34 : 28;
    for (const rows of [2, 1]) {
      const needed = lanes.reduce((widest, lane) => Math.max(widest, text.needs(lane.name.slice(0, 90), rows)), 90);
      scale.now.left = Math.min(rows === 1 ? Math.max(most, 270) : most, needed + indent + 2);
      names = lanes.map((lane) => text.fold(lane.name, scale.now.left - indent, rows));
      if (whole(low) <= room || wide < 640) break;
    }
    if (whole(high) <= room) low = high;
    // Where all cannot be seen at once in any case, rows need not be small: the lanes are scrolled.
    else if (!printing && whole(low) > room) low = ROOMY;
    else while (high - low > 0.05) {
      const middle = (low + high) / 2;
      if (whole(middle) <= room) low = middle; else high = middle;
    }
    line = low;
    r = Math.min(7, Math.max(3.2, line * 0.36));
    return { names };
  }

  // Lanes, marks and bars anew: when the lanes, the filters or the room for them change.
  function layout() {
    lanes = data.lanes[state.by];
    if (!filters.all()) lanes = lanes.map((lane) => ({ ...lane, at: lane.at.filter(([at]) => filters.keeps(at)) })).filter((lane) => lane.at.length);
    scale.now.width = width();
    scale.now.right = 16;
    const room = fit();
    body.replaceChildren(softs());
    nodes.clear();
    bars.clear();
    tops = [];
    height = 0;
    plot = draw("g", {});
    const under = draw("g", {}), beneath = draw("g", {});
    body.append(under, beneath, plot);
    const left = draw("g", {}), over_ = draw("g", {});
    lanes.forEach((lane, i) => {
      const words = room.names[i], tall = tallness(lane, words, line);
      tops.push([height, tall]);
      under.append(draw("rect", { class: `lane${i % 2 ? " odd" : ""}`, x: 0, y: height, width: "100%", height: tall }));
      left.append(draw("rect", { class: `lane${i % 2 ? " odd" : ""}`, x: 0, y: height, width: scale.now.left - 6, height: tall }));
      const agency = data.agencies[lane.agency];
      const label = draw("g", { class: `name${agency ? ` c${lane.agency % 8}` : ""}` }, draw("title", {}, agency ? `${lane.name}: ${agency.type}. ${agency.coverage}` : lane.name));
      const y = height + tall / 2 + 4 - (words.length - 1) * NAME / 2;
      if (agency) label.append(draw("text", { class: "b", x: 8, y: height + tall / 2 + 4, fill: "currentColor" }, agency.letter));
      if (agency && agency.note) over_.append(note(lane, agency, height + tall / 2 + 4));
      words.forEach((row, n) => label.append(draw("text", { x: agency ? 28 : 8, y: y + n * NAME, class: agency && agency.state !== "read" ? "q" : "" }, row)));
      left.append(label);
      const dense = state.by !== "agency";
      for (const [at, row] of lane.at) {
        const entry = data.entries[at], y = height + 2.5 + (tall - 5 - lane.lines * line) / 2 + (row + 0.5) * line;
        if (entry.drawn[1] - entry.drawn[0] >= DAY) {
          const name = entry.bounds[0] === null ? "before" : entry.bounds[1] === null ? "after" : "range";
          const bar = draw("rect", { class: `bar c${entry.agency % 8}`, y: y - Math.min(4, line * 0.3), height: Math.min(8, line * 0.6), fill: `url(#soft-${name}-${entry.agency % 8})`, rx: 2 });
          beneath.append(bar);
          push(bars, at, bar);
        }
        const mark = marks.mark(at, r, dense);
        mark.place = [lane, y];
        plot.append(mark);
        push(nodes, at, mark);
      }
      height += tall;
    });
    if (!lanes.length) {
      body.append(draw("text", { x: scale.now.left + 10, y: 30, class: "q" }, data.entries.length ? "No entry fits the filters: Show all brings them back." : "This review has no entries yet."));
      height = 60;
    }
    over = draw("g", { "aria-hidden": "true" });
    plot.before(lines_layer = draw("g", {}));
    body.append(left, over_, over);
    order = [...nodes.keys()].sort((one, other) => one - other);
    document.body.classList.toggle("many", data.entries.length > 400);
    body.setAttribute("height", height + 4);
    fade = passing(fading());
    place();
    roving();
  }
  let lines_layer = null;

  function push(map, key, node) {
    if (map.has(key)) map.get(key).push(node); else map.set(key, [node]);
  }

  // Why the silence of a lane says little: at its beginning if it is empty, else at its end.
  function note(lane, agency, y) {
    const empty = !lane.at.length;
    return draw("text", { class: "lanenote", x: empty ? scale.now.left + 4 : scale.now.width - 6, y, "text-anchor": empty ? null : "end" }, agency.note);
  }

  // An entry is later until its earliest moment, and possibly later until its latest.
  function fading() {
    const items = [];
    for (const [at, some] of nodes) {
      const entry = data.entries[at], both = [...some, ...(bars.get(at) || [])];
      const early = entry.bounds[0] ?? -1, late = entry.bounds[1] ?? early;
      for (const node of both) node.classList.add("later");
      items.push({ at: early, pass: (past) => { for (const node of both) { node.classList.toggle("later", !past); node.classList.toggle("possibly", past && late > early); } } });
      if (late > early) items.push({ at: late, pass: (past) => { for (const node of both) node.classList.toggle("possibly", !past); } });
      for (const node of some) for (const [moment, part] of node.late) {
        part.classList.add("later");
        items.push({ at: moment, pass: (past) => part.classList.toggle("later", !past) });
      }
    }
    return items;
  }

  // Where everything stands along the days: when the view moves.
  function place() {
    const from = scale.now.left - 4, to = scale.now.width;
    body.setAttribute("width", scale.now.width);
    body.setAttribute("viewBox", `0 0 ${scale.now.width} ${height + 4}`);
    for (const [at, some] of nodes) {
      const entry = data.entries[at], a = scale.x(entry.drawn[0] / DAY), b = scale.x((entry.drawn[1] + 1) / DAY);
      const x = (a + b) / 2, hidden = x < from || x > to;
      for (const mark of some) {
        mark.x = x;
        if (hidden !== mark.away) { mark.away = hidden; if (hidden) mark.setAttribute("visibility", "hidden"); else mark.removeAttribute("visibility"); }
        if (!hidden) mark.setAttribute("transform", `translate(${x.toFixed(1)} ${mark.place[1].toFixed(1)})`);
      }
      for (const bar of bars.get(at) || []) {
        const low = Math.max(a, from - 40);
        bar.setAttribute("x", low.toFixed(1));
        bar.setAttribute("width", Math.max(0, Math.min(b, to + 40) - low).toFixed(1));
      }
    }
    number();
    heading.draw(head);
    relate();
    onDay();
  }
  // The numbers of repeated opportunities, once all marks have their places.
  function number() {
    const spots = [];
    for (const some of nodes.values()) for (const node of some) {
      if (!node.away) spots.push({ x: node.x, y: node.place[1], reach: node.reach, ordinal: node.ordinal });
    }
    if (spots.some((spot) => spot.ordinal)) ordinals.place(spots, scale.now.left, scale.now.width, height);
  }

  const where = {
    entry(at) {
      const some = nodes.get(at);
      return some && !some[0].away ? { x: some[0].x, y: some[0].place[1] } : null;
    },
    agency(agency, x) {
      const i = state.by === "agency" ? lanes.findIndex((lane) => lane.agency === agency) : -1;
      return i < 0 || x < scale.now.left ? null : { x, y: tops[i][0] + tops[i][1] / 2 };
    },
  };
  function relate() {
    if (lines_layer) lines_layer.replaceChildren(lines.build(where, r));
    const fact = state.pane === "fact" && state.fact !== null ? about(state.fact) : null;
    for (const [at, some] of nodes) {
      for (const node of [...some, ...(bars.get(at) || [])]) node.classList.toggle("aside", fact !== null && !fact.has(at));
    }
  }
  function about(number) {
    const fact = data.facts[number], rows = new Set(fact.rows);
    for (const [, , , sure, possibly, steps] of fact.held) {
      for (const at of [...sure, ...possibly]) rows.add(at);
      for (const [, , row, heard] of steps) { rows.add(row); if (heard !== null) rows.add(heard); }
    }
    for (const [, , , contacts, held] of data.without) if (held.some(([each]) => each === number)) contacts.forEach((at) => rows.add(at));
    return rows;
  }

  // --- the day ------------------------------------------------------------------------------------------------------
  let dayLine = null;
  function onDay() {
    fade(endOfDay());
    lines.pass(endOfDay());
    heading.pass(endOfDay());
    document.body.classList.toggle("ofday", state.on < data.spans[1]);
    if (!dayLine || dayLine.parentNode !== over) {
      dayLine = draw("g", {}, draw("line", { class: "asof", y1: 0 }), draw("line", { class: "incident later", y1: 0 }));
      over.replaceChildren(dayLine);
    }
    dayLine.children[1].classList.toggle("later", data.incident !== null && data.incident * DAY > endOfDay());
    const [rule, incident] = dayLine.children, x = scale.x(state.on + 1), shown = state.on < data.spans[1] && x >= scale.now.left - 2;
    for (const [node, at, on] of [[rule, x, shown], [incident, data.incident === null ? -1 : scale.x(data.incident), data.incident !== null]]) {
      node.setAttribute("x1", at);
      node.setAttribute("x2", at);
      node.setAttribute("y2", on && at >= scale.now.left ? height : 0);
    }
  }

  // --- choosing, by mouse and by key ----------------------------------------------------------------------------------
  function roving() {
    if (!nodes.has(focused)) focused = order.length ? order[0] : 0;
    for (const [at, some] of nodes) some[0].setAttribute("tabindex", at === focused ? 0 : -1);
    pick();
  }
  function pick() {
    for (const node of body.querySelectorAll(".chosen")) node.classList.remove("chosen");
    for (const node of nodes.get(state.chosen) || []) node.classList.add("chosen");
  }
  function focus(at) {
    const some = nodes.get(at);
    if (!some) return;
    for (const node of nodes.get(focused) || []) node.setAttribute("tabindex", -1);
    focused = at;
    const entry = data.entries[at];
    scale.show(entry.drawn[0] / DAY, entry.drawn[1] / DAY);
    settle();
    some[0].setAttribute("tabindex", 0);
    some[0].focus({ preventScroll: false });
  }
  body.addEventListener("keydown", (event) => {
    const mark = event.target.closest(".m");
    if (!mark) return;
    const at = +mark.dataset.entry, i = order.indexOf(at), next = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Enter" || event.key === " ") set({ chosen: at, pane: "entry", finding: null });
    else if (next) focus(order[Math.min(order.length - 1, Math.max(0, i + next))]);
    else if (event.key === "Home") focus(order[0]);
    else if (event.key === "End") focus(order[order.length - 1]);
    else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      const step = event.key === "ArrowUp" ? -1 : 1, here = lanes.findIndex((lane) => lane === mark.place[0]);
      for (let n = here + step; n >= 0 && n < lanes.length; n += step) {
        if (!lanes[n].at.length) continue;
        const near = lanes[n].at.reduce((best, [other]) => Math.abs(middle(other) - middle(at)) < Math.abs(middle(best) - middle(at)) ? other : best, lanes[n].at[0][0]);
        focus(near);
        break;
      }
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  const middle = (at) => (data.entries[at].drawn[0] + data.entries[at].drawn[1]) / 2;

  let drag = null;
  body.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    drag = { x: event.clientX, view: state.view, moved: false, mark: event.target.closest(".m"), to: event.shiftKey };
  });
  addEventListener("pointermove", (event) => {
    if (!drag) return;
    const dx = event.clientX - drag.x;
    if (Math.abs(dx) > 4) drag.moved = true;
    if (drag.moved && !drag.to) {
      const days = dx / scale.perDay();
      scale.move(drag.view[0] - days, drag.view[1] - days);
    }
  });
  addEventListener("pointerup", (event) => {
    if (!drag) return;
    const box = body.getBoundingClientRect();
    if (drag.moved && drag.to) {
      const days = [drag.x, event.clientX].map((x) => scale.day(x - box.left)).sort((one, other) => one - other);
      scale.move(...days);
    } else if (!drag.moved && drag.mark) {
      focused = +drag.mark.dataset.entry;
      set({ chosen: focused, pane: "entry", finding: null });
    } else if (!drag.moved && event.target.closest("#drawing") && state.chosen !== null) set({ chosen: null, finding: null });
    drag = null;
  });
  body.addEventListener("wheel", (event) => {
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      scale.zoom(Math.exp(event.deltaY * 0.004), scale.day(event.clientX - body.getBoundingClientRect().left));
    } else if (Math.abs(event.deltaX) > Math.abs(event.deltaY)) {
      event.preventDefault();
      scale.pan(event.deltaX / 900);
    }
  }, { passive: false });
  body.addEventListener("dblclick", (event) => scale.zoom(0.5, scale.day(event.clientX - body.getBoundingClientRect().left)));

  // On paper the whole height is known: the lanes are laid out to fill it, and nothing has to be scrolled.
  function print(size) {
    printing = size;
    layout();
  }
  return { layout, place, relate, onDay, pick, focus, print, height: () => height };
})();
