// For those who read rather than look: the same entries as a table, and the person's own words.
const tables = (() => {
  const PAGE = 200;
  let shown = PAGE;

  function rows(list) {
    return list.map((at) => {
      const entry = data.entries[at];
      return make("tr", { class: started(at) ? null : "afterday" }, make("td", {}, entry.when, make("br"), make("span", { class: "quiet" }, entry.cells.find(([name]) => name === "Date")?.[1] ?? "")), make("td", {}, make("b", { class: `c${entry.agency % 8}` }, data.agencies[entry.agency].letter), " ", data.agencies[entry.agency].name, make("br"), entryLink(at, entry.ref)),
        make("td", {}, entry.contact, make("br"), make("span", { class: "quiet" }, data.fills[entry.fill])), make("td", { dir: "auto", class: "long" }, entry.text, entry.said ? make("div", { class: "verbatim" }, entry.said) : null), make("td", {}, entry.indicators.join("; ")), make("td", {}, entry.responses.join("; ")), make("td", {}, found(at)));
    });
  }
  function found(at) {
    const told = marks.told[at], said = [];
    const whole = state.on >= data.spans[1], number = data.entries[at].number;
    if (told.missed !== null && known(told.missed)) said.push(`No response recorded${number ? ` (${whole ? number : number.split(" of ")[0]})` : ""}`);
    if (told.decision !== null && known(told.decision)) said.push("Decision to look at");
    if (told.gaps && told.since <= endOfDay()) said.push(`${count(told.gaps, "kind")} of information had not arrived`);
    return said.join(". ");
  }
  const header = () => make("thead", {}, make("tr", {}, ["Date", "Agency and Ref", "Contact", "What happened", "Indicators", "Response", "To look at"].map((name) => make("th", { scope: "col" }, name))));

  function entries(root) {
    const list = [...filters.kept], some = list.slice(0, shown);
    root.replaceChildren(make("table", { "aria-label": "Entries" }, header(), make("tbody", {}, rows(some))));
    if (list.length > some.length) root.append(make("p", {}, make("button", { type: "button", onclick: () => { shown += PAGE * 5; entries(root); } }, `Show more (${some.length} of ${list.length} shown)`)));
    if (!list.length) root.append(make("p", { class: "quiet" }, "No entry fits the filters."));
  }
  function words(root) {
    const list = data.said.filter((each) => filters.keeps(each.row));
    if (!list.length) {
      root.replaceChildren(make("p", { class: "quiet" }, "No entry shown holds words recorded as said by the person. No record of is not the same as nothing said."));
      return;
    }
    root.replaceChildren(make("table", { "aria-label": "The person’s own words" }, make("thead", {}, make("tr", {}, ["Date", "Age", "Recorded as said", "Heard by", "Passed to", "Received as", "Response recorded"].map((name) => make("th", { scope: "col" }, name)))),
      make("tbody", {}, list.map(({ row, passed }) => {
        const entry = data.entries[row], to = passed.map((each) => `${data.agencies[each.to].name}${each.heard === null ? " (no record of receipt)" : ""}`);
        return make("tr", { class: started(row) ? null : "afterday" }, make("td", {}, entryLink(row, entry.when)), make("td", {}, entry.age), make("td", { dir: "auto", class: "said long" }, entry.said), make("td", {}, data.agencies[entry.agency].name, entry.who ? `, ${entry.who}` : ""),
          make("td", {}, to.length ? to.join("; ") : "no record of passing it on"), make("td", { class: "long" }, passed.filter((each) => each.heard !== null && each.heard !== row).map((each) => make("p", { dir: "auto", class: started(each.heard) ? null : "afterday" }, entryLink(each.heard, data.agencies[each.to].name), `: ${data.entries[each.heard].said || data.entries[each.heard].text}`))),
          make("td", {}, entry.responses.join("; ") || "none recorded"));
      }))));
  }
  function printed(root) {
    const list = [...filters.kept].slice(0, 3000);
    root.replaceChildren(make("h2", {}, `The entries (${count(list.length, "entry", "entries")})`), make("table", {}, header(), make("tbody", {}, rows(list))));
  }
  return { entries, words, printed, reset: () => { shown = PAGE; } };
})();
