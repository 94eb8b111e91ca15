// Words measured before they are drawn, so that they fit the room they have. Names are never cut while there is room.
const text = (() => {
  const pen = document.createElement("canvas").getContext("2d");
  const family = 'system-ui, "Segoe UI", Arial, "Liberation Sans", sans-serif';
  const known = new Map();

  function width(words, size = 11, weight = 400) {
    const key = `${weight} ${size} ${words}`;
    if (!known.has(key)) {
      if (known.size > 20000) known.clear();
      pen.font = `${weight} ${size}px ${family}`;
      known.set(key, pen.measureText(words).width);
    }
    return known.get(key);
  }
  // The beginning of the words that fits, with … for the rest; nothing where hardly anything would fit.
  function cut(words, room, size = 11, weight = 400) {
    const begun = words.slice(0, 400);
    if (begun.length === words.length && width(words, size, weight) <= room) return words;
    const letters = [...begun];
    let low = 0, high = letters.length;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (width(`${letters.slice(0, middle).join("").trimEnd()}…`, size, weight) <= room) low = middle; else high = middle - 1;
    }
    return low < 3 ? "" : `${letters.slice(0, low).join("").trimEnd()}…`;
  }
  // Words in lines, at most so many; the last is cut where they do not fit.
  function fold(words, room, most) {
    const rows = [""];
    for (const word of words.split(" ")) {
      const last = rows[rows.length - 1], longer = last ? `${last} ${word}` : word;
      if (width(longer) > room && last && rows.length < most) rows.push(word); else rows[rows.length - 1] = longer;
    }
    return rows.map((row) => cut(row, room) || row.slice(0, 3));
  }
  // The least room in which the words stand whole in so many lines.
  function needs(words, most) {
    const parts = words.split(" "), wide = parts.map((part) => width(part));
    let low = Math.max(...wide), high = width(words);
    while (high - low > 1) {
      const middle = (low + high) / 2;
      if (fold(words, middle, most).join(" ") === words) high = middle; else low = middle;
    }
    return Math.ceil(fold(words, low, most).join(" ") === words ? low : high);
  }
  return { width, cut, fold, needs };
})();
