// The page put together: the bar, the legend, keys, printing, and who is told of which change.
(() => {
  const bar = document.getElementById("bar"), main = document.querySelector("main"), pane = document.getElementById("pane");
  const toggle = (key, value, words, title) => {
    const button = make("button", { type: "button", title, onclick: () => set({ [key]: value }) }, words);
    when(key, () => button.setAttribute("aria-pressed", String(state[key] === value)));
    return button;
  };
  const choice = (key, label, options) => {
    const select = make("select", { "aria-label": label, title: label, onchange: () => set({ [key]: select.value }) }, options.map(([value, words]) => make("option", { value }, words)));
    when(key, () => { select.value = state[key]; });
    return select;
  };
  const tall = innerHeight > 900;
  document.body.classList.toggle("nolegend", !tall);
  const group_ = (kind, ...children) => make("span", { class: `group ${kind}` }, ...children), group = (...children) => group_("", ...children);
  bar.append(group(toggle("main", "ribbons", "Information", "How far each piece of information travelled (1)"), toggle("main", "drawing", "Drawing", "The entries in lanes (2)"), toggle("main", "table", "Table", "The same entries as a table (3)"), toggle("main", "words", "Own words", "What is recorded as said by the person (4)")),
    group_("lanes", choice("by", "Lanes by", [["agency", "Lanes by agency"], ["person", "by person"], ["indicator", "by indicator"], ["professional", "by professional"]])),
    group_("lanes", choice("lines", "Information that did not arrive", [["gravest", "Not arrived: gravest"], ["chosen", "Not arrived: of what is chosen"], ["all", "Not arrived: all"], ["none", "Not arrived: no lines"]])));
  const tellings = make("button", { type: "button", class: "lanes", title: "Lines of what was told", onclick: () => set({ shares: !state.shares }) }, "Tellings");
  when("shares", () => tellings.setAttribute("aria-pressed", String(state.shares)));
  bar.append(tellings, group(make("button", { type: "button", "aria-label": "Zoom out", title: "Zoom out (-)", onclick: () => scale.zoom(1.6) }, "−"), make("button", { type: "button", "aria-label": "Zoom in", title: "Zoom in (+)", onclick: () => scale.zoom(0.6) }, "+"),
    make("button", { type: "button", "aria-label": "Earlier", title: "Earlier", onclick: () => scale.pan(-0.4) }, "◂"), make("button", { type: "button", "aria-label": "Later", title: "Later", onclick: () => scale.pan(0.4) }, "▸"), make("button", { type: "button", title: "The first view (0)", onclick: () => set({ view: [data.spans[2], data.spans[3]] }) }, "Fit")));
  bar.append(group_("onlyribbons", ...ribbons.tools));
  bar.append(story.button);
  filters.build(bar);
  bar.append(group(choice("paper", "Paper", [["a3", "A3"], ["a4", "A4"]]), make("button", { type: "button", onclick: () => print() }, "Print"), make("button", { type: "button", class: "entries", title: "Show or hide the legend", "aria-pressed": String(tall), onclick: (event) => { event.target.setAttribute("aria-pressed", String(!document.body.classList.toggle("nolegend"))); fit(); } }, "Legend"), help.button));

  // --- legend ----------------------------------------------------------------------------------------------------------
  const legend = document.getElementById("legend"), item = (sample, words) => make("span", {}, sample, " ", words);
  const stroke = (kind) => draw("svg", { width: 28, height: 10, "aria-hidden": "true" }, draw("path", { class: `ln ${kind}`, d: "M1 5h26" }));
  const used = new Set(data.entries.map((entry) => entry.shape));
  for (const [shape, words] of Object.entries(data.shapes)) if (used.has(shape)) legend.append(item(marks.sample(shape, "seen"), words));
  for (const [fill, words] of Object.entries(data.fills)) legend.append(item(marks.sample("circle", fill), words));
  if (data.entries.some((entry) => entry.codes === "suggested")) legend.append(item(marks.sample("circle", "suggested"), data.codings.suggested));
  const ring = draw("svg", { width: 36, height: 16, viewBox: "-8 -8 36 16", "aria-hidden": "true" }, draw("g", { class: "m" }, draw("circle", { class: "opp", r: 6.5 }), draw("text", { class: "ord", x: 9, y: 3.5 }, "7/9")));
  const dashed = draw("svg", { width: 16, height: 16, viewBox: "-8 -8 16 16", "aria-hidden": "true" }, draw("g", { class: "m" }, draw("circle", { class: "opp decision", r: 6.5 })));
  const dot = draw("svg", { width: 10, height: 10, viewBox: "-5 -5 10 10", "aria-hidden": "true" }, draw("g", { class: "m" }, draw("circle", { class: "gapdot", r: 3.2 })));
  const bar_ = draw("svg", { width: 30, height: 12, "aria-hidden": "true" }, draw("rect", { class: "c5", x: 0, y: 2, width: 30, height: 8, fill: "url(#soft-range-5)" }));
  legend.append(item(ring, "no response recorded: 7th of 9 of the same"), item(dashed, "a decision to look at"), item(dot, "information had not arrived here"), item(bar_, "uncertain date"),
    item(stroke("share"), "told, and received"), item(stroke("share dashed"), "told, no record of receipt"), item(stroke("missed unsaid"), "did not arrive: could have come in recorded conversations"), item(stroke("missed silent"), "did not arrive: no recorded conversation"), item(stroke("missed unlinked"), "did not arrive: no holder had any record of the subject"), item(stroke("chain"), "the same opportunity again"));

  // --- entries without a place in time ---------------------------------------------------------------------------------------
  const tray = document.getElementById("tray");
  function undated() {
    const list = data.entries.map((entry, at) => [entry, at]).filter(([entry, at]) => !entry.drawn && filters.keeps(at));
    const [low, high] = state.view, outside = [[], []];
    data.entries.forEach((entry, at) => {
      if (entry.drawn && filters.keeps(at)) (entry.drawn[1] / DAY < low ? outside[0] : entry.drawn[0] / DAY > high ? outside[1] : []).push(at);
    });
    const away = ["before", "after"].map((words, i) => outside[i].length ? make("button", { type: "button", class: "away", onclick: () => beyond(outside[i]) }, `${outside[i].length} ${words} these days`) : "");
    tray.replaceChildren(...away, ...(list.length ? [`Undated (${list.length}): `, ...list.slice(0, 200).map(([entry, at]) => make("button", { type: "button", title: entry.text.slice(0, 200), onclick: () => set({ chosen: at, pane: "entry", finding: null }) }, `${data.agencies[entry.agency].letter} ${entry.ref}`))] : []));
  }

  // --- who is told ---------------------------------------------------------------------------------------------------------------
  const parts = { ribbons: ["ribbons", "overview"], drawing: ["drawing", "tray", "overview"], table: ["table"], words: ["words"] };
  function faces() {
    for (const id of new Set(Object.values(parts).flat())) document.getElementById(id).hidden = !parts[state.main].includes(id);
    document.body.dataset.main = state.main;
    if (state.main === "table") tables.entries(document.getElementById("table"));
    if (state.main === "words") tables.words(document.getElementById("words"));
  }
  when("q filters", () => { filters.compute(); undated(); });
  when("main q filters", (keys) => { if (keys.has("q") || keys.has("filters")) tables.reset(); faces(); });
  when("by q filters main", () => { if (state.main === "drawing") drawing.layout(); if (state.main === "ribbons") ribbons.layout(); if (state.main === "drawing" || state.main === "ribbons") overview.build(); });
  when("k", () => { if (state.main === "ribbons") ribbons.layout(); });
  // Beside the ribbons the panel is open while something is chosen.
  when("main pane chosen fact finding", () => {
    const alone = state.main === "ribbons" && state.chosen === null && state.finding === null && !(state.pane === "fact" && state.fact !== null);
    if (document.body.classList.toggle("alone", alone) !== was) { was = alone; if (state.main === "ribbons") fit(); }
    else if (state.main === "ribbons" && state.pane === "fact") ribbons.layout();
  });
  let was = false;
  when("step", () => { story.show(); fit(); });
  // The view is widened to entries that lie outside it.
  function beyond(some) {
    const days = some.flatMap((at) => data.entries[at].drawn.map((moment) => moment / DAY));
    scale.move(Math.min(state.view[0], ...days) - 5, Math.max(state.view[1], ...days) + 5);
  }
  let trayed = 0;
  when("view", () => { day.update(); if (state.main === "ribbons") ribbons.layout(); else drawing.place(); overview.place(); clearTimeout(trayed); trayed = setTimeout(undated, 80); });
  when("on", () => { day.update(); if (state.main === "ribbons") ribbons.onDay(); else drawing.onDay(); panel.onDay(); overview.place(); filters.tell(); });
  when("on", () => { clearTimeout(listed); listed = setTimeout(() => { if (state.main === "table" || state.main === "words") faces(); }, 60); });
  let listed = 0;
  when("chosen", () => { if (state.chosen !== null) { const entry = data.entries[state.chosen]; if (entry.drawn) scale.show(entry.drawn[0] / DAY, entry.drawn[1] / DAY); } });
  when("chosen finding fact pane lines shares", () => { if (state.main === "ribbons") { ribbons.light(); ribbons.pick(); } else { drawing.relate(); drawing.pick(); } });
  when("cell", () => panel.onCell());
  when("pane chosen finding fact", (keys) => { if (!(state.pane === "held" && !keys.has("pane"))) panel.show(); });
  when("paper", () => document.body.classList.toggle("a4", state.paper === "a4"));
  when(Object.keys(state).join(" "), address.soon);

  // --- the width of the panel ---------------------------------------------------------------------------------------------------------
  const splitter = document.getElementById("splitter");
  let share = 0.4;
  function fit() {
    pane.style.flexBasis = `${share * 100}%`;
    splitter.setAttribute("aria-valuenow", Math.round(share * 100));
    if (state.main === "ribbons") ribbons.layout(); else drawing.layout();
    overview.build();
  }
  function widen(next) {
    share = Math.min(0.75, Math.max(0.18, next));
    fit();
  }
  splitter.addEventListener("pointerdown", (event) => splitter.setPointerCapture(event.pointerId));
  splitter.addEventListener("pointermove", (event) => { if (event.buttons) widen(1 - event.clientX / main.clientWidth); });
  splitter.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: 0.03, ArrowRight: -0.03 }[event.key];
    if (by) { widen(share + by); event.preventDefault(); }
  });
  splitter.setAttribute("aria-valuenow", 40);
  splitter.setAttribute("aria-valuemin", 18);
  splitter.setAttribute("aria-valuemax", 75);
  let resized = 0;
  addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(fit, 60); });

  // --- keys that work anywhere ------------------------------------------------------------------------------------------------------------
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (help.shown()) return;   // the browser closes it at Escape
    if (event.key === "?" && !event.target.matches("input, select, textarea")) { help.open(); event.preventDefault(); return; }
    if (story.key(event)) { event.preventDefault(); return; }
    if (event.target.matches("input, select, textarea") && event.key !== "Escape") return;
    const act = {
      "+": () => scale.zoom(0.6), "=": () => scale.zoom(0.6), "-": () => scale.zoom(1.6), 0: () => set({ view: [data.spans[2], data.spans[3]] }),
      "[": () => day.jump(-1), "]": () => day.jump(1), ",": () => day.step(-1), ".": () => day.step(1), p: () => day.toggle(),
      1: () => set({ main: "ribbons" }), 2: () => set({ main: "drawing" }), 3: () => set({ main: "table" }), 4: () => set({ main: "words" }),
      "/": () => [...bar.querySelectorAll("input[type=search]")].find((each) => each.checkVisibility()).focus(), Escape: () => set({ chosen: null, finding: null, cell: null, ...(state.main === "ribbons" ? { pane: "held" } : {}) }),
    }[event.key];
    if (act) { act(); event.preventDefault(); }
  });
  // Width and height of the drawing on paper: the sheet within its margins, less title, legend and what has no date.
  function paper() {
    const [wide, high, legend] = state.paper === "a4" ? [1054, 700, 100] : [1510, 1010, 84];
    return [wide, high - 56 - legend - (data.entries.some((entry) => !entry.drawn) ? 40 : 0)];
  }
  addEventListener("beforeprint", () => {
    if (state.step !== null) { story.print(paper()); return; }
    if (state.main === "ribbons") { ribbons.print(paper()); return; }
    drawing.print(paper());
    tables.printed(document.getElementById("printed"));
  });
  addEventListener("afterprint", () => {
    if (state.step !== null) { story.printed(); return; }
    if (state.main === "ribbons") { ribbons.print(null); return; }
    drawing.print(null);
    document.getElementById("printed").replaceChildren();
  });
  // The marking at the head and foot of every printed page.
  const quoted = JSON.stringify(data.marking).slice(1, -1).replace(/[^\w -]/gu, (character) => `\\${character.codePointAt(0).toString(16)} `);
  for (const page of ["", " small"]) {
    const box = (place, content) => `@${place} { content: ${content}; font: bold 9pt sans-serif; }`;
    document.styleSheets[0].insertRule(`@page${page} { ${box("top-center", `"${quoted}"`)} ${box("bottom-center", `"${quoted}"`)} ${box("bottom-right", 'counter(page) " of " counter(pages)')} }`, document.styleSheets[0].cssRules.length);
  }
  addEventListener("hashchange", address.read);

  // --- the first drawing -----------------------------------------------------------------------------------------------------------------------
  pane.style.flexBasis = "40%";
  if (location.hash.length > 1) { address.read(); waiting = null; }
  filters.compute();
  // Where another view is asked for first, the lanes wait behind it all the same.
  if (state.main !== "drawing" && state.main !== "ribbons") drawing.layout();
  // Laying out the lanes puts everything in its place, so the view needs no turn of its own.
  waiting = new Set(Object.keys(state).filter((key) => key !== "view"));
  settle();
  undated();
  document.documentElement.dataset.ready = "yes";
})();
