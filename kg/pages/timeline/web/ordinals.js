// Where the number of a repeated opportunity stands: beside its mark, on no other mark and on no other number. Where
// everything near is taken it stands further off, at the end of a short line.
const ordinals = (() => {
  const SIZE = 10, HIGH = 9, CELL = 32;

  // marks: [{ x, y, reach, ordinal }]; reach is how far a mark goes, ordinal the group with its number and line, if any.
  function place(marks, low, high, bottom) {
    const taken = new Map();
    const cells = (box) => {
      const keys = [];
      for (let i = Math.floor(box[0] / CELL); i <= Math.floor(box[2] / CELL); i++) {
        for (let k = Math.floor(box[1] / CELL); k <= Math.floor(box[3] / CELL); k++) keys.push(i * 4096 + k);
      }
      return keys;
    };
    const take = (box) => {
      for (const key of cells(box)) if (taken.has(key)) taken.get(key).push(box); else taken.set(key, [box]);
    };
    const free = (box) => box[0] >= low && box[2] <= high && box[1] >= 0 && box[3] <= bottom &&
      cells(box).every((key) => !(taken.get(key) || []).some((other) => box[0] < other[2] && box[2] > other[0] && box[1] < other[3] && box[3] > other[1]));
    for (const { x, y, reach } of marks) take([x - reach, y - reach, x + reach, y + reach]);
    for (const mark of marks) {
      if (!mark.ordinal) continue;
      const { x, y, reach, ordinal } = mark, [line, words] = ordinal.children;
      const wide = text.width(words.textContent, SIZE, 700) + 1;
      const box = ([dx, dy]) => [x + dx, y + dy - HIGH / 2, x + dx + wide, y + dy + HIGH / 2];
      const spot = around(reach, wide).find((each) => free(box(each))) || [reach + 2.5, 0];
      take(box(spot));
      words.setAttribute("x", spot[0].toFixed(1));
      words.setAttribute("y", (spot[1] + HIGH / 2 - 1).toFixed(1));
      const across = spot[0] > 0 ? spot[0] : spot[0] + wide < 0 ? spot[0] + wide : spot[0] + wide / 2;
      const far = Math.hypot(across, spot[1]) > reach + 12;
      const on = reach / Math.max(1, Math.hypot(across, spot[1]));
      line.setAttribute("d", far ? `M${(across * on).toFixed(1)} ${(spot[1] * on).toFixed(1)}L${across.toFixed(1)} ${spot[1].toFixed(1)}` : "");
    }
  }

  // The places to try, nearest first: right, left, above and below, corners, then rings of growing size.
  const tried = new Map();
  function around(reach, wide) {
    const key = `${reach.toFixed(1)} ${wide.toFixed(0)}`;
    if (tried.has(key)) return tried.get(key);
    const up = reach + HIGH / 2 + 1, out = [[reach + 2.5, 0], [-reach - 2 - wide, 0], [-wide / 2, -up], [-wide / 2, up]];
    for (const dy of [-up * 0.7, up * 0.7]) out.push([reach * 0.8, dy], [-reach * 0.8 - wide, dy]);
    for (let ring = 1; ring <= 14; ring++) {
      const far = reach + ring * 7;
      for (let turn = 0; turn < 16; turn++) {
        // Beside before above: the lanes lie across.
        const angle = (turn % 2 ? 1 : -1) * Math.ceil(turn / 2) * Math.PI / 8, dx = Math.cos(angle) * far, dy = Math.sin(angle) * far;
        out.push([dx >= 0 ? dx : dx - wide, dy]);
      }
    }
    tried.set(key, out);
    return out;
  }
  return { place };
})();
