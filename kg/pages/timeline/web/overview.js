// All the days at once, with a frame around those in view: drag it, its edges, or anywhere beside it.
const overview = (() => {
  const root = document.getElementById("overview"), tall = 34;
  const svg = draw("svg", { height: tall, role: "img", "aria-label": "All days, with a frame around those in view" });
  root.append(svg);
  const at = (day) => scale.now.left + (day - data.spans[0]) * (scale.now.width - scale.now.left - scale.now.right) / (data.spans[1] - data.spans[0]);
  const dayAt = (x) => data.spans[0] + (x - scale.now.left) * (data.spans[1] - data.spans[0]) / (scale.now.width - scale.now.left - scale.now.right);
  let frame = null, low = null, high = null, now = null, veil = null;

  function build() {
    svg.setAttribute("width", scale.now.width);
    svg.replaceChildren(draw("text", { class: "q", x: 8, y: 21 }, "All days"));
    // One path for each colour: the overview costs the same for ten entries and for ten thousand.
    const paths = new Map();
    for (const i of filters.kept) {
      const entry = data.entries[i];
      if (!entry.drawn) continue;
      const x = at((entry.drawn[0] + entry.drawn[1]) / 2 / DAY).toFixed(1), c = entry.agency % 8;
      const y = 4 + (entry.agency % 13) * 1.7;
      paths.set(c, `${paths.get(c) || ""}M${x} ${y.toFixed(1)}v3.4`);
    }
    for (const [c, d] of paths) svg.append(draw("path", { class: `tick c${c}`, d }));
    for (let year = dateOf(Math.max(1, data.spans[0])).getUTCFullYear() + 1, last = -99; dayOf(year, 0, 1) < data.spans[1]; year++) {
      const x = at(dayOf(year, 0, 1));
      if (x < last + 34) continue;
      last = x;
      svg.append(draw("line", { class: "rule strong", x1: x, x2: x, y1: 0, y2: tall }), x + 30 < scale.now.width ? draw("text", { class: "q", x: x + 2, y: tall - 2, "font-size": 10 }, year) : "");
    }
    veil = draw("rect", { class: "veil", y: 0, height: tall });
    svg.append(veil);
    now = draw("line", { class: "asof", y1: 0, y2: tall });
    frame = draw("rect", { class: "brush", y: 1, height: tall - 2, "data-part": "frame" });
    low = draw("rect", { class: "grip", y: 9, width: 5, height: 16, rx: 2, "data-part": "low" });
    high = draw("rect", { class: "grip", y: 9, width: 5, height: 16, rx: 2, "data-part": "high" });
    svg.append(now, frame, low, high);
    place();
  }
  function place() {
    if (!frame) return;
    const a = at(state.view[0]), b = at(state.view[1]);
    frame.setAttribute("x", a);
    frame.setAttribute("width", Math.max(2, b - a));
    low.setAttribute("x", a - 2.5);
    high.setAttribute("x", b - 2.5);
    const today = state.on >= data.spans[1] ? scale.now.width : at(state.on + 1);
    veil.setAttribute("x", today);
    veil.setAttribute("width", Math.max(0, scale.now.width - today));
    now.setAttribute("x1", today);
    now.setAttribute("x2", today);
  }
  let drag = null;
  svg.addEventListener("pointerdown", (event) => {
    drag = { part: event.target.dataset.part || "new", start: dayAt(event.clientX - svg.getBoundingClientRect().left), view: state.view };
    svg.setPointerCapture(event.pointerId);
  });
  svg.addEventListener("pointermove", (event) => {
    if (!drag) return;
    const day = dayAt(event.clientX - svg.getBoundingClientRect().left), [a, b] = drag.view, by = day - drag.start;
    if (drag.part === "frame") scale.move(a + by, b + by);
    else if (drag.part === "low") scale.move(Math.min(day, b - 3), b);
    else if (drag.part === "high") scale.move(a, Math.max(day, a + 3));
    else if (Math.abs(by) > 2) scale.move(Math.min(day, drag.start), Math.max(day, drag.start));
  });
  svg.addEventListener("pointerup", () => { drag = null; });
  return { build, place };
})();
