// The day as of which the page shows what was known: a slider, keys, and play.
const day = (() => {
  const root = document.getElementById("day");
  const [first, last] = data.spans;
  const PLAY = 25000, SLOWEST = 2500, QUICKEST = 60;   // milliseconds: a play in all, and its steps
  const slider = make("input", { type: "range", step: 1, value: last, "aria-label": "As of day", oninput: () => go(+slider.value) });
  const said = make("output", { "aria-live": "off" });
  const play = make("button", { type: "button", "aria-pressed": "false", title: "From day to day on which anything is recorded, 25 seconds in all (p)", onclick: () => (timer ? stop() : start()) }, "▶ Play");
  // Days on which something happens: an entry can have been, surely was, or somebody came to hold something.
  const moments = [...data.entries.flatMap((entry) => entry.bounds), ...data.cells.flatMap(([, , sure, possible]) => [sure, possible])];
  const changes = [...new Set(moments.filter((moment) => moment !== null && moment > 0).map((moment) => Math.floor(moment / DAY)))].sort((one, other) => one - other);
  // Those within the days in view: the slider and play run over them, from the first to the last.
  let inside = [first, last];
  function ranged() {
    inside = changes.filter((each) => each >= Math.floor(state.view[0]) && each <= Math.ceil(state.view[1]));
    if (!inside.length) inside = [Math.max(first, Math.floor(state.view[0])), Math.min(last, Math.ceil(state.view[1]))];
    slider.min = Math.max(first, inside[0] - 1);
    slider.max = inside.at(-1);
  }
  const final = () => inside.at(-1) >= (changes.at(-1) ?? last);
  // At its end the slider shows the whole record, if that is where the record ends.
  const go = (to) => set({ on: to >= inside.at(-1) && final() ? last : to });
  const step = (by) => set({ on: Math.min(last, Math.max(first, Math.min(state.on, inside.at(-1) + 1) + by)) });
  const jump = (way) => {
    const next = way > 0 ? changes.find((each) => each > state.on) : changes.findLast((each) => each < state.on);
    set({ on: next ?? (way > 0 ? last : first) });
  };
  root.append(make("span", {}, "As of"), said,
    make("button", { type: "button", title: "To the day before on which anything is recorded ([)", "aria-label": "Previous recorded day", onclick: () => jump(-1) }, "|◂"),
    slider,
    make("button", { type: "button", title: "To the next day on which anything is recorded (])", "aria-label": "Next recorded day", onclick: () => jump(1) }, "▸|"),
    play, make("button", { type: "button", onclick: () => { stop(); set({ on: last }); } }, "Whole record"));
  slider.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -28, PageUp: 28 }[event.key];
    if (!by) return;
    step(event.shiftKey ? by * 7 : by);
    event.preventDefault();
  });
  let timer = 0;
  // How long a play over so many days waits at each step, and how many of them it takes at once.
  function pace(days) {
    const each = Math.min(SLOWEST, PLAY / Math.max(1, days)), at_once = Math.max(1, Math.ceil(QUICKEST / each));
    return [each * at_once, at_once];
  }
  function start() {
    const [wait, at_once] = pace(inside.length);
    // From where it stands, if that is within the days in view and not at their end.
    let at = inside.findIndex((each) => each > state.on);
    if (at < 0 || state.on < inside[0]) at = 0;
    play.setAttribute("aria-pressed", "true");
    play.textContent = "⏸ Pause";
    const next = () => {
      if (at >= inside.length) { stop(); return; }
      const to = Math.min(inside.length - 1, at + at_once - 1);
      go(inside[to]);
      at = to + 1;
    };
    next();
    timer = setInterval(next, wait);
  }
  function stop() {
    clearInterval(timer);
    timer = 0;
    play.setAttribute("aria-pressed", "false");
    play.textContent = "▶ Play";
  }
  function update() {
    ranged();
    slider.value = state.on;
    const words = state.on >= last ? "the whole record" : sayDay(state.on);
    said.textContent = words;
    slider.setAttribute("aria-valuetext", words);
  }
  return { update, step, jump, pace, go, changes, inside: () => inside, toggle: () => (timer ? stop() : start()) };
})();
