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
  function clip(text, room, size = 5.9) {
    const most = Math.floor(room / size);
    return text.length > most ? `${text.slice(0, most - 1)}…` : text;
  }
  function wrap(text, room, most) {
    const rows = [""];
    for (const word of text.split(" ")) {
      const last = rows[rows.length - 1];
      if ((last + " " + word).length * 5.9 > room && last && rows.length < most) rows.push(word);
      else rows[rows.length - 1] = last ? `${last} ${word}` : word;
    }
    return rows.map((row) => clip(row, room));
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

  // Lanes, marks and bars anew: when the lanes, the filters or the room for them change.
  function layout() {
    lanes = data.lanes[state.by];
    if (!filters.all()) lanes = lanes.map((lane) => ({ ...lane, at: lane.at.filter(([at]) => filters.keeps(at)) })).filter((lane) => lane.at.length);
    scale.now.width = width();
    scale.now.left = scale.now.width < 640 ? 110 : scale.now.width < 900 ? 150 : 176;
    const total = lanes.reduce((sum, lane) => sum + lane.lines, 0) || 1;
    const room = (printing ? printing[1] : root.clientHeight || 500) - headRows().length * 15 - 24 - lanes.length * 5;
    line = Math.min(20, Math.max(printing ? 6.5 : 9.5, room / total));
    r = Math.min(6, Math.max(3.7, line * 0.36));
    body.replaceChildren(softs());
    nodes.clear();
    bars.clear();
    tops = [];
    height = 0;
    plot = draw("g", {});
    const under = draw("g", {}), beneath = draw("g", {});
    body.append(under, beneath, plot);
    const left = draw("g", {});
    lanes.forEach((lane, i) => {
      const tall = Math.max(lane.lines * line + 5, 17);
      tops.push([height, tall]);
      under.append(draw("rect", { class: `lane${i % 2 ? " odd" : ""}`, x: 0, y: height, width: "100%", height: tall }));
      left.append(draw("rect", { class: `lane${i % 2 ? " odd" : ""}`, x: 0, y: height, width: scale.now.left - 6, height: tall }));
      const agency = data.agencies[lane.agency], words = wrap(lane.name, scale.now.left - (agency ? 36 : 14), tall > 30 ? 2 : 1);
      const label = draw("g", { class: agency ? `c${lane.agency % 8}` : "" }, draw("title", {}, agency ? `${lane.name}: ${agency.type}. ${agency.coverage}` : lane.name));
      const y = height + tall / 2 + 4 - (words.length - 1) * 6.5;
      if (agency) label.append(draw("text", { class: "b", x: 8, y: height + tall / 2 + 4, style: null, fill: "currentColor" }, agency.letter));
      words.forEach((row, n) => label.append(draw("text", { x: agency ? 28 : 8, y: y + n * 13, class: agency && agency.state !== "read" ? "q" : "" }, row)));
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
    body.append(left, over);
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

  // An entry is later until its earliest moment, and possibly later until its latest.
  function fading() {
    const items = [];
    for (const [at, some] of nodes) {
      const entry = data.entries[at], both = [...some, ...(bars.get(at) || [])];
      const early = entry.bounds[0] ?? -1, late = entry.bounds[1] ?? early;
      for (const node of both) node.classList.add("later");
      items.push({ at: early, pass: (past) => { for (const node of both) { node.classList.toggle("later", !past); node.classList.toggle("possibly", past && late > early); } } });
      if (late > early) items.push({ at: late, pass: (past) => { for (const node of both) node.classList.toggle("possibly", !past); } });
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
    heading();
    relate();
    onDay();
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

  // --- the axis and what runs along all lanes ----------------------------------------------------------------------
  function headRows() {
    const rows = [];
    for (const each of data.tracks.ages) rows.push({ kind: "age", name: data.tracks.ages.length > 1 ? `Age of ${each.subject}` : "Age", marks: each.marks });
    const stars = data.tracks.life.filter((at) => filters.keeps(at));
    if (stars.length) rows.push({ kind: "life", name: "Life events", rows: stars });
    const said = data.said.filter((each) => filters.keeps(each.row));
    if (said.length) rows.push({ kind: "said", name: "In the person’s own words", rows: said.map((each) => each.row) });
    const sure = data.tracks.notSeen.filter((each, i, all) => each.sure || !all.some((other) => other.sure && other.subject === each.subject));
    for (const each of sure.slice(0, 4)) rows.push({ kind: "unseen", name: each.sure ? "Longest not seen" : "No record of seen", span: each });
    const ends = [];
    for (const plan of data.tracks.plans) {
      let i = ends.findIndex((end) => end <= plan.from);
      if (i < 0) { i = ends.length; ends.push(0); rows.push({ kind: "plan", name: i ? "" : "Plans in force", plans: [] }); }
      ends[i] = plan.to ?? Infinity;
      rows.filter((row) => row.kind === "plan")[i].plans.push(plan);
    }
    return rows.slice(0, 12);
  }

  function heading() {
    const { left, width } = scale.now, rows = headRows(), tall = 22 + rows.length * 15;
    head.setAttribute("width", width);
    head.setAttribute("height", tall);
    head.setAttribute("viewBox", `0 0 ${width} ${tall}`);
    head.replaceChildren(draw("rect", { class: "lane", width: "100%", height: tall }));
    const strip = draw("g", {}), cover = draw("g", {});
    let taken = 0;
    for (const [at, words, strong] of scale.ticks()) {
      const x = scale.x(at);
      if (x < left) continue;
      strip.append(draw("line", { class: `rule${strong ? " strong" : ""}`, x1: x, x2: x, y1: 4, y2: tall }));
      if (x < width - 24 && x >= taken) {
        strip.append(draw("text", { class: strong ? "b" : "q", x: x + 3, y: 14 }, words));
        taken = x + words.length * 6.6 + 6;
      }
    }
    rows.forEach((row, i) => {
      const y = 22 + i * 15;
      if (row.kind === "age") {
        const each = scale.perDay(), finest = each * 30.4 > 50 ? 3 : each * 91 > 50 ? 2 : each * 182 > 46 ? 1 : 0;
        let free = 0;
        for (const [at, words, weight] of row.marks) {
          const x = scale.x(at);
          if (weight > finest || x < left || x > width - 20 || x < free) continue;
          strip.append(draw("line", { class: "rule strong", x1: x, x2: x, y1: y + 2, y2: y + 12 }), draw("text", { class: weight ? "q" : "b", x: x + 3, y: y + 11 }, words));
          free = x + words.length * 6 + 8;
        }
      } else if (row.kind === "life" || row.kind === "said") {
        let free = 0;
        for (const at of row.rows) {
          const entry = data.entries[at];
          if (!entry.drawn) continue;
          const x = scale.x((entry.drawn[0] + entry.drawn[1]) / 2 / DAY);
          if (x < left || x > width) continue;
          const words = row.kind === "life" ? entry.text : `“${entry.said}”`;
          strip.append(row.kind === "life" ? draw("path", { class: "bandline", d: `M${x} ${y + 3}v9`, "stroke-width": 2 }) : draw("text", { class: "b", x: x - 3, y: y + 14, "font-size": 16 }, "“"));
          const next = row.rows.map((other) => data.entries[other]).filter((other) => other.drawn).map((other) => scale.x((other.drawn[0] + other.drawn[1]) / 2 / DAY)).filter((other) => other > x + 2).sort((a, b) => a - b)[0] ?? width;
          const room = next - x - 12;
          if (room > 60 && x >= free) {
            const text = clip(words, room, 5.8);
            strip.append(draw("text", { class: "q", x: x + 6, y: y + 11 }, text, draw("title", {}, words)));
            free = x + 6 + text.length * 6;
          }
        }
      } else {
        for (const span of row.span ? [{ from: row.span.from, to: row.span.to, label: row.span.label }] : row.plans) {
          const a = Math.max(left, scale.x(span.from)), b = Math.min(width, scale.x((span.to ?? data.incident ?? data.spans[1]) + 1));
          if (b <= left || a >= width) continue;
          strip.append(draw("rect", { class: row.span ? "band" : "plan", x: a, y: y + 1, width: b - a, height: 13 }, draw("title", {}, span.label)));
          const text = clip(span.label, row.span ? Math.max(b - a, 130) - 6 : Math.min(b - a + 200, width - a) - 6, 5.7);
          if (text.length > 6) strip.append(draw("text", { x: Math.min(a + 4, width - text.length * 5.6), y: y + 11 }, text));
        }
      }
      cover.append(draw("text", { class: "q", x: 8, y: y + 11 }, clip(row.name, left - 12)));
    });
    head.append(strip, draw("rect", { class: "lane", x: 0, y: 0, width: left - 4, height: tall }), cover, draw("line", { class: "rule strong", x1: 0, x2: width, y1: tall - 0.5, y2: tall - 0.5 }));
  }

  // --- the day ------------------------------------------------------------------------------------------------------
  let dayLine = null;
  function onDay() {
    fade(endOfDay());
    lines.pass(endOfDay());
    if (!dayLine || dayLine.parentNode !== over) {
      dayLine = draw("g", {}, draw("line", { class: "asof", y1: 0 }), draw("line", { class: "incident", y1: 0 }));
      over.replaceChildren(dayLine);
    }
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
