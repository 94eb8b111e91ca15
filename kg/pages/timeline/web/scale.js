// Days along the width of the drawing, and the words beneath them.
const scale = (() => {
  const now = { left: 170, width: 900, right: 16 };
  const x = (day) => now.left + (day - state.view[0]) * (now.width - now.left - now.right) / (state.view[1] - state.view[0]);
  const day = (at) => state.view[0] + (at - now.left) * (state.view[1] - state.view[0]) / (now.width - now.left - now.right);
  const perDay = () => (now.width - now.left - now.right) / (state.view[1] - state.view[0]);

  // Days, months or years, whichever leave room for their words.
  function ticks() {
    const [low, high] = state.view, each = perDay(), out = [];
    if (each > 7) {
      const step = each > 60 ? 1 : each > 34 ? 2 : 7, most = step > 2 ? 28 : step > 1 ? 29 : 31;
      for (let at = Math.ceil(low); at <= high; at++) {
        const date = dateOf(at);
        if ((date.getUTCDate() - 1) % step === 0 && date.getUTCDate() <= most) {
          const first = date.getUTCDate() === 1, month = MONTHS[date.getUTCMonth()].slice(0, 3);
          out.push([at, first ? `${month} ${date.getUTCFullYear()}` : `${date.getUTCDate()} ${month}`, first]);
        }
      }
      return out;
    }
    const month = each * 30.4;
    const steps = [[1, 62], [1, 40], [3, 20], [6, 9], [12, 3.4], [60, 0.7], [120, 0]];
    const step = steps.find(([, least]) => month >= least)[0];
    const first = dateOf(Math.max(1, low));
    for (let y = first.getUTCFullYear(), m = 0; ;) {
      const at = dayOf(y, m, 1);
      if (at > high) break;
      if (at >= low && (step < 12 || y % (step / 12) === 0)) {
        const words = step >= 12 ? String(y) : m === 0 ? `${MONTHS[0].slice(0, 3)} ${y}` : month > 62 ? `${MONTHS[m].slice(0, 3)} ${y}` : MONTHS[m].slice(0, 3);
        out.push([at, words, m === 0]);
      }
      m += Math.min(step, 12);
      if (m >= 12) { m = 0; y++; }
    }
    return out;
  }

  function move(low, high) {
    const [first, last] = data.spans, least = 3;
    let span = Math.min(Math.max(high - low, least), last - first);
    let start = Math.min(Math.max(low + (high - low - span) / 2, first), last - span);
    set({ view: [start, start + span] });
  }
  function zoom(by, around) {
    const [low, high] = state.view, at = around === undefined ? (low + high) / 2 : around;
    move(at - (at - low) * by, at + (high - at) * by);
  }
  function pan(share) {
    const [low, high] = state.view, step = (high - low) * share;
    move(low + step, high + step);
  }
  function show(from, to) {
    if (from >= state.view[0] && to <= state.view[1]) return;
    const span = state.view[1] - state.view[0], middle = (from + to) / 2;
    move(middle - span / 2, middle + span / 2);
  }
  return { now, x, day, perDay, ticks, move, zoom, pan, show };
})();
