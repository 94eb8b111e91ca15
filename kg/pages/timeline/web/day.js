// The day as of which the page shows what was known: a slider, keys, and play.
const day = (() => {
  const root = document.getElementById("day");
  const [first, last] = data.spans;
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const slider = make("input", { type: "range", min: first, max: last, step: 1, value: last, "aria-label": "As of day",
    oninput: () => set({ on: +slider.value }) });
  const said = make("output", { "aria-live": "off" });
  const play = make("button", { type: "button", "aria-pressed": "false", onclick: () => (timer ? stop() : start()) }, "▶ Play");
  // Days on which something changes, for stepping from one to the next.
  const changes = [...new Set(data.entries.flatMap((entry) => entry.bounds[0] === null ? [] : [Math.floor(entry.bounds[0] / DAY)]))].sort((one, other) => one - other);
  const step = (by) => set({ on: Math.min(last, Math.max(first, state.on + by)) });
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
  function start() {
    if (state.on >= last) set({ on: Math.max(first, (changes[0] ?? first) - 1) });
    play.setAttribute("aria-pressed", "true");
    play.textContent = "⏸ Pause";
    const days = Math.max(1, Math.round((state.view[1] - state.view[0]) / 240));
    timer = setInterval(() => { if (state.on >= last) stop(); else if (calm.matches) jump(1); else step(days); }, calm.matches ? 1200 : 90);
  }
  function stop() {
    clearInterval(timer);
    timer = 0;
    play.setAttribute("aria-pressed", "false");
    play.textContent = "▶ Play";
  }
  function update() {
    slider.value = state.on;
    const words = state.on >= last ? "the whole record" : sayDay(state.on);
    said.textContent = words;
    slider.setAttribute("aria-valuetext", words);
  }
  return { update, step, jump, toggle: () => (timer ? stop() : start()) };
})();
