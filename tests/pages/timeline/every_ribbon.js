() => {
  const wrong = new Set(), told = (one) => wrong.size < 20 && wrong.add(`${sayDay(state.on)}: ${one}`);
  ribbons.open(data.ribbons.map((each) => each.kind));
  settle();
  const nodes = ribbons.all().flatMap((section) => section.bands.flatMap(({ band, node, words }) => [{ section, band, node, words }]));
  const rings = [...document.querySelectorAll("#ribbons section .ring")].map((node) => {
    const row = +node.dataset.entry, band = node.closest("section"), each = ribbons.all().find((section) => section.node === band).each;
    return { node, row, one: each.bands.flatMap((one) => one.without).find(([at]) => at === row), title: each.title };
  });
  let days = 0;
  for (let on = data.spans[0]; on < data.spans[1]; on++) {
    set({ on });
    settle();
    days++;
    const until = endOfDay(), edge = Math.max(scale.now.left, Math.min(scale.now.width - scale.now.right, scale.x(on + 1)));
    for (const { node, row, one, title } of rings) {
      const [, , possibly, sure] = one, later = node.classList.contains("later"), entry = data.entries[row];
      if (possibly > until !== later) told(`${title}: the ring at ${entry.name}`);
      if ((entry.bounds[0] ?? -1) > until && !later) told(`${title}: ${entry.name} was not yet`);
      if (!later && (sure === null || sure > until) && !node.classList.contains("maybe")) told(`${title}: ${entry.name} is shown as sure`);
    }
    for (const section of ribbons.all()) {
      const said = section.said.textContent, { each } = section;
      for (const [veil] of section.veils) if (Math.abs(+veil.getAttribute("x") - edge) > 0.1) told(`${each.title}: what is later is not veiled`);
      if ((data.entries[each.row].bounds[0] ?? -1) > until && each.bands.every((band) => (band.held[0] ?? Infinity) > until) && !said.startsWith("not recorded by")) told(`${each.title}: told before it was recorded`);
      const { surely, more } = ribbons.times(each, until), all = new Set(each.bands.flatMap((band) => band.without).filter(([, , at]) => at <= until).map(([, event]) => event));
      if (surely + more !== all.size) told(`${each.title}: counted ${surely + more} of ${all.size}`);
    }
    for (const { band, words, section } of nodes) {
      const title = words.querySelector("title")?.textContent || "", by = band.held[0] !== null && band.held[0] <= until;
      if (!by && /held from|first to hold/.test(title)) told(`${section.each.title}: ${data.agencies[band.agency].name} is said to hold it`);
      if (/ever arrived/.test(title)) told(`${section.each.title}: nobody knows yet whether it will arrive`);
      const gone = band.without.filter(([, , at]) => at <= until).length;
      if (!gone && /without it/.test(title)) told(`${section.each.title}: ${data.agencies[band.agency].name} has not gone without it yet`);
    }
    for (const line of document.querySelectorAll("#ribbons .incident")) if (data.incident > on && !line.classList.contains("later")) told("the incident is shown before it was");
  }
  return { wrong: [...wrong], days, rings: rings.length };
}
