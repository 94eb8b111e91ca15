() => {
  const wrong = new Set();
  let links = 0, later = 0;
  const check = (what) => {
    for (const node of document.querySelectorAll("#pane a[data-row], #table a[data-row], #words a[data-row]")) {
      if (node.closest("[hidden]")) continue;
      links++;
      if (node.closest(".afterday")) { later++; continue; }
      if (!started(+node.dataset.row) && +node.dataset.row !== state.chosen && wrong.size < 20) wrong.add(`${sayDay(state.on)}, ${what}: ${node.textContent}`);
    }
    for (const box of document.querySelectorAll("#pane [data-finding]")) {
      if (!known(+box.dataset.finding) && !box.closest(".afterday")) wrong.add(`${sayDay(state.on)}, ${what}: a finding`);
    }
  };
  const gaps = data.without.map(([agency, kind]) => [agency, kind]);
  const changes = day.changes.filter((on) => on < data.spans[1]), days = changes.filter((on, i) => i % Math.ceil(changes.length / 40) === 0);
  const at = (list, i) => i * 7 % Math.max(1, list.length);
  for (const [view, next] of [[{ pane: "held" }, (i) => ({ cell: gaps[at(gaps, i)] ?? null })], [{ pane: "fact" }, (i) => ({ fact: at(data.facts, i) })],
    [{ pane: "entry" }, (i) => ({ chosen: at(data.entries, i) })], [{ pane: "findings", chosen: null }, () => ({})], [{ main: "table" }, () => ({})], [{ main: "words" }, () => ({})]]) {
    days.forEach((on, i) => {
      set({ on, ...view, ...next(i) });
      settle();
      panel.show();
      if (state.main === "table") tables.entries(document.getElementById("table"));
      if (state.main === "words") tables.words(document.getElementById("words"));
      check(JSON.stringify(view));
    });
  }
  return { wrong: [...wrong], links, later, days: days.length };
}
