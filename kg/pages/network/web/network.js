// Who told whom, as of a day. Nothing is worked out here but how many entries of a line lie before the day shown; text from
// the review only ever becomes text, never markup.
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const DAY = 1440, [first, last] = data.spans;
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December"];
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  const lines = new Map(data.lines.map((line) => [line.id, line]));
  // With more lines than this the contacts, which are the most, are left for the reader to ask for.
  const CROWDED = 90, first_lines = data.lines.filter((line) => line.kind !== "works" && (line.kind !== "missed" || line.items.some((item) => item.grave))).length;
  // With more lines than this between agencies they cross everywhere, and the page opens with the table.
  const TANGLED = 60, between_agencies = data.lines.filter((line) => line.kind === "told" || (line.kind === "missed" && line.items.some((item) => item.grave))).length;
  const state = { on: last, chosen: null, told: true, missed: "grave", contact: first_lines <= CROWDED, works: false, table: between_agencies > TANGLED };

  function make(name, attributes, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.flat().filter((child) => child !== ""));
    return node;
  }

  // Days are counted as the program counts them: day 1 is 1 January of the year 1.
  function sayDay(day) {
    const date = new Date(Date.UTC(2000, 0, 1));
    date.setUTCDate(date.getUTCDate() + day - 730120);
    return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  }

  const count = (number, one, many) => `${number.toLocaleString("en-GB")} ${number === 1 ? one : many || one + "s"}`;
  const endOfDay = () => (state.on >= last ? Infinity : state.on * DAY + DAY - 1);
  const by = (item) => item.at[0] <= endOfDay();
  // A telling has a receipt from the day of the receiver's own record.
  const heardBy = (item) => item.heard === undefined || (item.heard !== null && item.heard[0] <= endOfDay());
  const surely = (item) => item.at[1] <= endOfDay();
  const nameOf = (id) => nodes.get(id).drawn;

  // What of a line lies before the end of the day shown.
  function shown(line) {
    const items = line.items.filter((item) => by(item) && (line.kind !== "missed" || state.missed !== "grave" || item.grave));
    return { items, sure: items.filter(surely).length, heard: items.filter(heardBy).length };
  }

  // What is chosen: somebody, a line, two agencies ("pair a0 a1"), an entry ("row 12") or what did not arrive ("finding ...").
  const chosenAs = (kind) => (state.chosen?.startsWith(`${kind} `) ? state.chosen.slice(kind.length + 1) : null);
  // A line that belongs to what is chosen; all else fades, in the drawing, in the table and in the list.
  function lit(line) {
    const at = state.chosen;
    if (at === null) return false;
    if (at === line.id || at === line.from || at === line.to) return true;
    const pair = chosenAs("pair"), row = chosenAs("row"), finding = chosenAs("finding");
    if (pair !== null) return pair === `${line.from} ${line.to}`;
    if (row !== null) return shown(line).items.some((item) => item.rows.includes(+row));
    return finding !== null && shown(line).items.some((item) => item.finding === finding);
  }

  // --- the drawing ---------------------------------------------------------------------------------------------------
  const place = document.getElementById("drawing");
  const style = () => getComputedStyle(document.documentElement);
  let colours = {};
  function readColours() {
    colours = Object.fromEntries(["paper", "ink", "quiet", "line", "faint", "focus", "gap", "hold", "contact", "shade", "told"]
      .map((name) => [name, style().getPropertyValue(`--${name}`).trim()]));
  }
  readColours();

  const drawnNodes = new vis.DataSet(), drawnEdges = new vis.DataSet();
  const FONT = 'system-ui, "Segoe UI", Arial, "Liberation Sans", sans-serif';

  // The agencies that told or were told anything by the day shown.
  let spoken = new Set();
  function listen() {
    spoken = new Set(data.lines.filter((line) => line.kind === "told" && line.items.some(by)).flatMap((line) => [line.from, line.to]));
  }
  const silent = () => data.nodes.filter((node) => node.kind === "agency" && !spoken.has(node.id));
  // Those at an end of a line that belongs to what is chosen.
  let met = new Set();
  function meet() {
    met = new Set(state.chosen === null ? [] : data.lines.filter((line) => state[line.kind] && lit(line) && shown(line).items.length).flatMap((line) => [line.from, line.to]));
  }
  listen();

  function nodeLook(node) {
    const kind = node.kind, begun = node.from !== null && node.from <= endOfDay();
    const agency = kind === "agency", subject = kind === "subject", near = begun || agency;
    const aside = state.chosen !== null && node.id !== state.chosen && !met.has(node.id), quiet = agency && !spoken.has(node.id);
    const border = node.id === state.chosen ? colours.focus : near && !aside ? (agency ? colours.hold : colours.quiet) : colours.line;
    const fill = subject ? colours.shade : agency && begun ? colours.faint : colours.paper;
    const colour = { background: fill, border, highlight: { background: fill, border: colours.focus }, hover: { background: fill, border: colours.focus } };
    return {
      id: node.id, color: colour, borderWidth: node.id === state.chosen ? 3 : subject || quiet ? 2 : 1, borderWidthSelected: 3,
      font: { face: FONT, size: kind === "worker" ? 13 : agency ? 15 : 16, color: aside ? colours.contact : near ? colours.ink : colours.quiet, strokeWidth: kind === "worker" ? 3 : 0, strokeColor: colours.paper },
      shapeProperties: { borderDashes: agency ? (quiet ? [4, 5] : false) : begun ? false : [4, 4] }, hidden: kind === "worker" ? !state.works || !begun : !agency && !state.contact,
    };
  }

  function edgeLook(line) {
    const { items, sure, heard } = shown(line), number = items.length, kind = line.kind, chosen = line.id === state.chosen;
    const near = lit(line);
    const aside = state.chosen !== null && !near;
    const main = { told: colours.told, missed: colours.gap, contact: colours.contact, works: colours.line }[kind];
    const thin = kind === "contact" || kind === "works";
    return {
      id: line.id, hidden: !state[kind] || number === 0, number: !thin && !aside && number > 1 ? String(number) : "",
      width: thin ? 0.6 + Math.min(1.4, Math.log2(number + 1) / 4) : Math.min(3.4, 0.9 + 0.5 * Math.log2(number)) + (chosen ? 1 : 0),
      dashes: kind === "missed" ? [7, 5] : kind === "told" && !heard ? [2, 5] : false, selectionWidth: 0, hoverWidth: 0,
      color: { color: chosen ? colours.focus : main, highlight: colours.focus, hover: colours.focus, inherit: false,
        opacity: aside ? 0.1 : thin ? (near ? 0.9 : 0.35) : near ? 1 : (sure ? 0.9 : 0.5) * (kind === "told" && number === 1 ? 0.65 : 1) },
      arrows: { to: { enabled: !thin, scaleFactor: 0.45 } },
      smooth: thin ? { enabled: false } : { enabled: true, type: "curvedCW", roundness: kind === "told" ? 0.14 : 0.26 },
    };
  }

  drawnNodes.add(data.drawnNodes.map((drawn) => ({ ...drawn, ...nodeLook(nodes.get(drawn.id)) })));
  drawnEdges.add(data.drawnEdges.map((drawn) => ({ ...drawn, ...edgeLook(lines.get(drawn.id)) })));
  const network = new vis.Network(place, { nodes: drawnNodes, edges: drawnEdges }, {
    autoResize: true, physics: false, layout: { randomSeed: 1, improvedLayout: false },
    nodes: { shape: "box", margin: 6, labelHighlightBold: false, chosen: false }, edges: { chosen: false },
    interaction: { dragNodes: false, hover: false, keyboard: false, multiselect: false, selectConnectedEdges: false, tooltipDelay: 1e6 },
  });
  // The list beside the drawing is what a keyboard reaches.
  for (const frame of place.querySelectorAll("[tabindex]")) frame.setAttribute("tabindex", "-1");
  for (const canvas of place.querySelectorAll("canvas")) canvas.setAttribute("aria-hidden", "true");
  let onPaper = false;
  const fit = () => network.fit({ nodes: data.nodes.filter((node) => node.kind !== "worker" || state.works).map((node) => node.id), minZoomLevel: 0.1, maxZoomLevel: onPaper ? 4 : 1.7 });
  network.on("click", (event) => {
    const node = event.nodes[0], edge = event.edges[0];
    choose(node !== undefined ? node : edge !== undefined ? edge : null);
  });
  network.on("resize", () => requestAnimationFrame(fit));

  // How often, beside each line: where no name and no other number stands, if the line has such a place.
  const ALONG = [0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8], ASIDE = [0, 10, -10, 18, -18, 26, -26, 36, -36, 48, -48, 60, -60];
  let numbers = [];
  network.on("afterDrawing", (pen) => {
    const taken = data.nodes.filter((node) => !drawnNodes.get(node.id).hidden).map((node) => network.getBoundingBox(node.id)).map((box) => [box.left, box.top, box.right, box.bottom]);
    const meets = (box) => taken.some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]);
    numbers = [];
    pen.font = `700 12px ${FONT}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    for (const look of drawnEdges.get({ filter: (each) => !each.hidden && each.number })) {
      const { edgeType } = network.body.edges[look.id], half = pen.measureText(look.number).width / 2 + 3;
      let box = null, from = null;
      // On the line where there is room, the middle first; else beside it, at the end of a short line of its own.
      for (const aside of ASIDE) {
        for (const along of ALONG) {
          const at = edgeType.getPoint(along), next = edgeType.getPoint(along + 0.02), long = Math.hypot(next.x - at.x, next.y - at.y) || 1;
          const x = at.x - (next.y - at.y) / long * aside, y = at.y + (next.x - at.x) / long * aside, tried = [x - half, y - 8, x + half, y + 8];
          if (!meets(tried)) { box = tried; from = Math.abs(aside) > 14 ? [at, { x, y }] : null; break; }
        }
        if (box) break;
      }
      if (!box) continue;
      taken.push(box);
      numbers.push([look.id, box]);
      const ink = lines.get(look.id).kind === "missed" ? colours.gap : colours.told;
      if (from) {
        pen.strokeStyle = ink;
        pen.lineWidth = 0.7;
        pen.setLineDash([]);
        pen.beginPath();
        for (const { x, y } of from) pen.lineTo(x, y);
        pen.stroke();
      }
      pen.globalAlpha = 0.92;
      pen.fillStyle = colours.paper;
      pen.fillRect(box[0], box[1], box[2] - box[0], 16);
      pen.globalAlpha = 1;
      pen.fillStyle = ink;
      pen.fillText(look.number, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2 + 0.5);
    }
  });

  function draw() {
    listen();
    meet();
    matrix.draw();
    drawnNodes.update(data.nodes.map(nodeLook));
    drawnEdges.update(data.lines.map(edgeLook));
  }

  // --- the list of lines and what is chosen ------------------------------------------------------------------------------
  const pane = document.getElementById("pane"), chosen = make("div", { id: "chosen", "aria-live": "polite" }), list = make("div", {});
  pane.append(chosen, list);
  const HEADINGS = { told: "Told", missed: "Did not arrive: could have come this way", contact: "Contacts whose record names a person", works: "Entries that name a professional" };

  function table() {
    const rows = [];
    for (const [kind, words] of Object.entries(HEADINGS)) {
      const some = state[kind] ? data.lines.map((line) => [line, shown(line)]).filter(([line, { items }]) => line.kind === kind && items.length) : [];
      if (some.length) rows.push(make("tr", {}, make("th", { colspan: 3, scope: "rowgroup" }, words)));
      for (const [line, { items, sure }] of some) rows.push(make("tr", { class: line.id === state.chosen || lit(line) ? "chosen" : null, "data-line": line.id },
        make("td", {}, make("button", { type: "button", "aria-pressed": String(line.id === state.chosen), onclick: () => choose(line.id === state.chosen ? null : line.id) },
          make("bdi", {}, nameOf(line.from)), kind === "told" || kind === "missed" ? " → " : " · ", make("bdi", {}, nameOf(line.to)))),
        make("td", { class: "n" }, String(items.length)), make("td", { class: "n", hidden: state.on >= last }, sure < items.length ? String(items.length - sure) : "")));
    }
    list.replaceChildren(make("table", {}, make("caption", {}, `Every line of the drawing, as of ${sayOn()}. Choose one to read its entries.`),
      make("thead", {}, make("tr", {}, make("th", { scope: "col" }, "Line"), make("th", { scope: "col", class: "n" }, "Number"), make("th", { scope: "col", class: "n", hidden: state.on >= last }, "of which may be after this day"))),
      make("tbody", {}, rows)),
      make("p", { id: "silent", class: "q" }, silent().length ? `No record, by ${sayOn()}, of telling another agency or being told: ${silent().map((node) => node.name + (data.without_return.includes(node.name) ? " (no return: its silence says nothing)" : "")).join("; ")}.` : ""));
  }

  function entry(index) {
    const each = data.entries[index];
    return make("div", { class: "item" },
      make("div", {}, make("button", { type: "button", class: "plain", title: "Light every line that has this entry", onclick: () => choose(`row ${index}`) }, make("bdi", {}, each.name)), `, ${each.when}`, each.written && each.written !== each.when ? make("span", { class: "q" }, " (as written: ", make("bdi", {}, each.written), ")") : ""),
      make("div", { class: "words", dir: "auto" }, each.text), make("div", { class: "q" }, make("bdi", {}, each.source)));
  }

  // The lines of some kind of choice that have anything by the day shown, as buttons.
  function lineButtons(some) {
    return make("ul", {}, some.map((each) => make("li", {}, make("button", { type: "button", onclick: () => choose(each.id) },
      make("bdi", {}, nameOf(each.from)), each.kind === "told" ? " told " : each.kind === "missed" ? " could have told " : " · ", make("bdi", {}, nameOf(each.to)), `: ${shown(each).items.length}`))));
  }
  const before = (row) => data.entries[row].at[0] <= endOfDay();
  function receipt(item) {
    if (heardBy(item) || item.heard === undefined || item.heard === null) return item.words;
    return `No record of receipt by ${sayOn()}`;
  }

  // What one line gathers, in words and with its entries; nothing that surely came after the day shown.
  function lineParts(line) {
    const { items } = shown(line), arrow = line.kind === "told" || line.kind === "missed" ? " → " : " · ", parts = [];
    parts.push(make("h2", {}, make("bdi", {}, nameOf(line.from)), arrow, make("bdi", {}, nameOf(line.to))), make("p", {}, { told: `${count(items.length, "telling")} recorded by ${sayOn()}, by either side.`,
      missed: `${count(items.length, "kind")} of information had not arrived by ${sayOn()} and could have come by way of a conversation recorded between these two. Each is followed by that conversation and the first contact that went without. It does not say whose fault that was.`,
      contact: `${count(items.length, "contact")} recorded by ${sayOn()} whose People name this person.`,
      works: `${count(items.length, "entry", "entries")} by ${sayOn()} that name this professional.` }[line.kind]));
    for (const item of items) {
      const perhaps = surely(item) ? "" : " Its date is not certain: it may be after this day.";
      const words = item.finding === undefined ? make("b", {}, receipt(item))
        : make("button", { type: "button", class: "plain", title: "Light the whole way it could have come", onclick: () => choose(`finding ${item.finding}`) }, item.words);
      if (item.words) parts.push(make("p", { dir: "auto" }, words, perhaps, item.sure === false ? " Possible only: not so in every reading." : ""));
      else if (perhaps) parts.push(make("p", { class: "q" }, perhaps));
      parts.push(...item.rows.filter(before).map(entry));
    }
    return parts;
  }

  function detail() {
    const line = lines.get(state.chosen), node = nodes.get(state.chosen), pair = chosenAs("pair"), row = chosenAs("row"), finding = chosenAs("finding");
    const mine = state.chosen === null ? [] : data.lines.filter((each) => lit(each) && state[each.kind] && shown(each).items.length);
    if (line) chosen.replaceChildren(...lineParts(line));
    else if (pair !== null) {
      const [from, to] = pair.split(" ");
      chosen.replaceChildren(...(mine.length ? mine.flatMap(lineParts) : [make("h2", {}, make("bdi", {}, nameOf(from)), " → ", make("bdi", {}, nameOf(to))), make("p", {}, `No record of telling by ${sayOn()}.`)]));
    } else if (row !== null) {
      chosen.replaceChildren(make("h2", {}, "One entry, in every line that has it"), ...(before(+row) ? [entry(+row)] : [make("p", {}, "It is dated after this day.")]), lineButtons(mine));
    } else if (finding !== null) {
      const items = mine.flatMap((each) => shown(each).items.filter((item) => item.finding === finding));
      chosen.replaceChildren(make("h2", {}, "Did not arrive"), make("p", { dir: "auto" }, items.length ? items[0].words : `Nothing of this by ${sayOn()}.`), lineButtons(mine.filter((each) => each.kind === "missed")),
        ...[...new Set(items.flatMap((item) => item.rows))].sort((one, other) => one - other).filter(before).map(entry));
    } else if (node) {
      chosen.replaceChildren(make("h2", {}, make("bdi", {}, node.name)), make("p", {}, make("bdi", {}, node.more)),
        make("p", { class: "q" }, mine.length ? `${count(mine.length, "line")} by ${sayOn()}:` : `No line by ${sayOn()}.`),
        lineButtons(mine));
    } else chosen.replaceChildren();
  }

  function choose(id) {
    state.chosen = id;
    draw(); table(); detail();
    if (id !== null) { pane.scrollTop = 0; matrix.show(lines.has(id) ? `pair ${lines.get(id).from} ${lines.get(id).to}` : id); }
    const button = lines.has(id) ? list.querySelector(`tr[data-line="${CSS.escape(id)}"] button`) : null;
    if (button && document.activeElement === document.body && !state.table) button.focus({ preventScroll: true });
  }

  // --- the bar, the legend and the day -------------------------------------------------------------------------------------
  const bar = document.getElementById("bar");
  const layer = (key, words) => make("label", {}, make("input", { type: "checkbox", id: `layer-${key}`, checked: state[key], onchange: (event) => { state[key] = event.target.checked; update(); if (key === "works") fit(); } }), words);
  const button = (words, title, act) => make("button", { type: "button", title, "aria-label": title, onclick: act }, words);
  const missed = make("select", { "aria-label": "What did not arrive", onchange: (event) => { state.missed = event.target.value; update(); } },
    [["grave", "Did not arrive: nothing of the kind held, surely"], ["all", "Did not arrive: all"], ["", "Did not arrive: no lines"]].map(([value, words]) => make("option", { value }, words)));
  const grid = document.getElementById("matrix");
  const matrix = tellingMatrix(grid, { agencies: data.nodes.filter((node) => node.kind === "agency"), lines: data.lines.filter((line) => line.kind === "told" || line.kind === "missed"), make, count, silent, choose, lit, sayOn: () => sayOn(),
    chosen: () => state.chosen, shown: (line) => (state[line.kind] ? shown(line) : { items: [], sure: 0, heard: 0 }) });
  const forms = [["Drawing", false], ["Table", true]].map(([words, value]) => make("button", { type: "button", title: `Who told whom as a ${words.toLowerCase()} (m)`, onclick: () => form(value) }, words));
  // The same lines in two forms: the drawing, or the table of who told whom.
  function form(value) {
    state.table = value;
    grid.hidden = !value;
    place.hidden = value;
    forms.forEach((each, at) => each.setAttribute("aria-pressed", String((at === 1) === value)));
    for (const each of document.querySelectorAll(".drawn")) each.hidden = value;
    if (!value) requestAnimationFrame(() => { network.redraw(); fit(); });
  }
  bar.append(make("span", { class: "forms", role: "group", "aria-label": "In which form" }, forms), layer("told", "Who told whom"), missed, layer("contact", "Contacts naming people"), layer("works", "Professionals"),
    make("span", { class: "drawn" }, button("−", "Zoom out", () => network.moveTo({ scale: network.getScale() / 1.3 })), button("+", "Zoom in", () => network.moveTo({ scale: network.getScale() * 1.3 })), button("Fit", "Fit the whole drawing", fit)), button("Print", "Print", () => print()));

  const SVG = "http://www.w3.org/2000/svg";
  function sample(kind, dashes, width) {
    const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
    for (const [key, value] of Object.entries({ width: 30, height: 9, "aria-hidden": "true" })) svg.setAttribute(key, value);
    for (const [key, value] of Object.entries({ d: "M1 4.5h28", class: kind, "stroke-width": width, "stroke-dasharray": dashes })) path.setAttribute(key, value);
    svg.append(path);
    return svg;
  }
  document.getElementById("legend").append(...[["told", "", 3, "told (the wider, the more often; the number is how often)"], ["told", "2 3", 2, "told, no record of receipt"],
    ["missed", "7 4", 2, "did not arrive, and could have come by this recorded conversation"], ["contact", "", 1.2, "contacts whose record names the person"]]
    .map(([kind, dashes, width, words]) => make("span", {}, sample(kind, dashes, width), ` ${words}`)),
    make("span", {}, make("i", { class: "gaps" }), " an agency with no record of telling another or being told"),
    make("span", { id: "unreached" }));

  // The slider and play run over the days on which a line is recorded, from the first to the last; at its end is the whole record.
  const said = make("output", {});
  const sayOn = () => (state.on >= last ? "the whole record" : sayDay(state.on));
  const days = [...new Set(data.lines.flatMap((line) => line.items.flatMap((item) => item.at.map((at) => Math.floor(at / DAY)))))].filter((day) => day >= first && day <= last).sort((one, other) => one - other);
  const [begin, end] = days.length ? [Math.max(first, days[0] - 1), days.at(-1)] : [first, last];
  const slider = make("input", { type: "range", min: begin, max: end, step: 1, value: end, "aria-label": "As of day", oninput: () => go(+slider.value) });
  const go = (to) => { state.on = to >= end ? last : to; soon(); };
  const jump = (way) => { state.on = (way > 0 ? days.find((day) => day > state.on) : days.findLast((day) => day < state.on)) ?? (way > 0 ? last : first); update(); };
  // Play takes 25 seconds in all, and never longer than two and a half at one step.
  const PLAY = 25000, SLOWEST = 2500, QUICKEST = 150;
  let timer = 0;
  function pace(number) {
    const each = Math.min(SLOWEST, PLAY / Math.max(1, number)), at_once = Math.max(1, Math.ceil(QUICKEST / each));
    return [each * at_once, at_once];
  }
  function stop() {
    clearInterval(timer);
    timer = 0;
    play.textContent = "▶ Play";
    play.setAttribute("aria-pressed", "false");
  }
  function start() {
    const [wait, at_once] = pace(days.length);
    let at = days.findIndex((day) => day > state.on);
    if (at < 0) at = 0;
    const next = () => {
      if (at >= days.length) { stop(); return; }
      at = Math.min(days.length, at + at_once);
      go(days[at - 1]);
    };
    play.textContent = "⏸ Pause";
    play.setAttribute("aria-pressed", "true");
    next();
    timer = setInterval(next, wait);
  }
  const play = make("button", { type: "button", "aria-pressed": "false", title: "From day to day on which a line is recorded (p)", onclick: () => (timer ? stop() : start()) }, "▶ Play");
  document.getElementById("day").append("As of", said, button("|◂", "Previous day with a line", () => jump(-1)), slider, button("▸|", "Next day with a line", () => jump(1)), play, make("button", { type: "button", onclick: () => { stop(); state.on = last; update(); } }, "Whole record"));
  document.addEventListener("keydown", (event) => {
    if (event.target.closest("input:not([type=checkbox])") || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "[" || event.key === "]") jump(event.key === "]" ? 1 : -1);
    if (event.key === "m") form(!state.table);
    if (event.key === "p") (timer ? stop() : start());
    if (event.key === "Escape") choose(null);
  });

  let waiting = 0;
  function soon() { if (!waiting) waiting = requestAnimationFrame(() => { waiting = 0; update(); }); }
  function update() {
    slider.value = state.on;
    said.textContent = sayOn();
    slider.setAttribute("aria-valuetext", sayOn());
    const focused = document.activeElement?.closest?.("tr[data-line]")?.dataset.line;
    draw(); table(); detail();
    if (focused) list.querySelector(`tr[data-line="${CSS.escape(focused)}"] button`)?.focus();
    const unreached = data.unreached.filter((at) => at[0] <= endOfDay()).length;
    document.getElementById("unreached").textContent = unreached ? `${count(unreached, "kind")} of information, ${state.on >= last ? "over the whole record" : `by ${sayOn()}`}, had no recorded conversation between agencies to come by: no line shows ${unreached === 1 ? "it" : "them"}` : "";
    const number = (kind) => data.lines.filter((line) => line.kind === kind).reduce((sum, line) => sum + shown(line).items.length, 0);
    const found = new Set(data.lines.flatMap((line) => line.kind === "missed" ? shown(line).items.map((item) => item.finding) : []));
    document.getElementById("counts").textContent = `${count(number("told"), "telling")} · ${count(found.size, "kind")} of information that did not arrive and could have come · ${count(number("contact"), "contact naming a person", "contacts naming a person")}`;
  }

  // On paper the drawing is made anew, light and with twice the dots.
  function paper(on) {
    onPaper = on;
    document.documentElement.classList.toggle("paper", on);
    readColours();
    network.setSize(on ? "3000px" : "100%", on ? "1720px" : "100%");
    draw();
    fit();
    network.redraw();
  }
  // The marking at the head and foot of every printed page.
  const quoted = JSON.stringify(data.marking).slice(1, -1).replace(/[^\w -]/gu, (character) => `\\${character.codePointAt(0).toString(16)} `);
  const box = (where, content) => `@${where} { content: ${content}; font: bold 9pt sans-serif; }`;
  document.styleSheets[0].insertRule(`@page { ${box("top-center", `"${quoted}"`)} ${box("bottom-center", `"${quoted}"`)} ${box("bottom-right", 'counter(page) " of " counter(pages)')} }`, document.styleSheets[0].cssRules.length);
  addEventListener("beforeprint", () => paper(true));
  addEventListener("afterprint", () => paper(false));

  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); draw(); });
  form(state.table);
  update();
  fit();
  document.documentElement.dataset.ready = "yes";
  // For those who test it: what is drawn, and where.
  window.kgNetwork = { pace, days, lines: drawnEdges, nodes: drawnNodes, places: () => network.getPositions(), at: (id) => network.canvasToDOM(network.getPositions([id])[id]), scale: () => network.getScale(), numbers: () => numbers, box: (id) => network.getBoundingBox(id) };
})();
