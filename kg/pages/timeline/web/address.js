// The view in the address: what follows the # can be sent to a colleague who has the same file. It goes nowhere else.
const address = (() => {
  const plain = ["by", "k", "lines", "main", "pane", "paper", "q"];
  const allowed = {
    by: Object.keys(data.lanes), lines: ["gravest", "chosen", "all", "none"], main: ["ribbons", "drawing", "table", "words"],
    pane: ["held", "entry", "findings", "fact"], paper: ["a3", "a4"],
  };
  // An address of a view that does not name what is drawn is of the drawing, which was once the first.
  const first = { by: data.by, k: "", lines: "gravest", main: "drawing", pane: "held", paper: "a3", q: "" };

  const opening = state.main;

  function write() {
    const parts = new URLSearchParams();
    for (const key of plain) if (state[key] !== first[key] || (key === "pane" && state.chosen !== null)) parts.set(key, state[key]);
    const [low, high] = state.view;
    if (low !== data.spans[2] || high !== data.spans[3]) parts.set("view", `${isoDay(low)}_${isoDay(high)}`);
    if (state.on < data.spans[1]) parts.set("on", isoDay(state.on));
    if (state.chosen !== null) parts.set("entry", data.entries[state.chosen].name);
    if (state.cell) parts.set("cell", state.cell.join("_"));
    if (state.fact !== null) parts.set("fact", state.fact);
    if (state.finding !== null) parts.set("finding", data.findings[state.finding].id);
    if (state.step !== null) parts.set("step", state.step);
    if (!state.shares) parts.set("shares", "no");
    for (const [key, chosen] of Object.entries(state.filters)) if (chosen.size) parts.set(`f.${key}`, [...chosen].join("~"));
    if (state.main === opening && parts.size === Number(parts.has("main"))) parts.delete("main");
    else parts.set("main", state.main);
    const text = parts.toString();
    if (text !== location.hash.slice(1)) history.replaceState(null, "", text ? `#${text}` : location.pathname);
  }

  function read(words) {
    const parts = new URLSearchParams(typeof words === "string" ? words : location.hash.slice(1));
    // A step of the storyboard named alone brings its own view.
    if (typeof words !== "string" && parts.has("step") && !parts.has("main")) {
      for (const [key, value] of new URLSearchParams(data.story.steps[parts.get("step") - 1]?.view ?? "main=ribbons")) parts.set(key, value);
    }
    const changes = { filters: {} };
    for (const key of plain) {
      const value = parts.get(key) ?? first[key];
      changes[key] = allowed[key] && !allowed[key].includes(value) ? first[key] : value;
    }
    const view = (parts.get("view") || "").split("_").map(dayRead);
    changes.view = view.length === 2 && view[0] !== null && view[1] !== null && view[0] < view[1] ? view : [data.spans[2], data.spans[3]];
    changes.on = dayRead(parts.get("on")) ?? data.spans[1];
    const chosen = data.entries.findIndex((entry) => entry.name === parts.get("entry"));
    changes.chosen = chosen < 0 ? null : chosen;
    // An entry named alone is asked for to be read.
    if (chosen >= 0 && !parts.has("pane") && !parts.has("cell") && !parts.has("fact")) changes.pane = "entry";
    const cell = (parts.get("cell") || "").split("_").map(Number);
    changes.cell = cell.length === 2 && data.agencies[cell[0]] && data.kinds[cell[1]] ? cell : null;
    changes.fact = parts.has("fact") && data.facts[+parts.get("fact")] ? +parts.get("fact") : null;
    const finding = data.findings.findIndex((each) => each.id === parts.get("finding"));
    changes.finding = finding < 0 ? null : finding;
    if (typeof words === "string") changes.paper = state.paper;   // a step of the storyboard leaves the sheet as it is
    else changes.step = /^\d+$/.test(parts.get("step") || "") && data.story.steps.length >= +parts.get("step") ? +parts.get("step") : null;
    changes.shares = parts.get("shares") !== "no";
    for (const [key, value] of parts) if (key.startsWith("f.")) changes.filters[key.slice(2)] = new Set(value.split("~"));
    set(changes);
  }

  // A day as in 1999-08-06, kept within the days of the drawing; null for anything else.
  function dayRead(words) {
    const read = /^(\d{4})-(\d\d)-(\d\d)$/.exec(words || "");
    return read ? Math.min(data.spans[1], Math.max(data.spans[0], dayOf(+read[1], read[2] - 1, +read[3]))) : null;
  }

  let later = 0;
  function soon() {
    clearTimeout(later);
    later = setTimeout(write, 150);
  }
  return { read, write, soon };
})();
