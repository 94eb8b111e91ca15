// One fact: who held it, the way it took entry by entry, the words as sent and as received, and who went without it.
const fact = (() => {
  function show() {
    const kinds = data.kinds.map((kind, k) => [kind, k]).filter(([kind]) => kind.facts.length);
    if (!kinds.length) return [make("p", { class: "quiet" }, "No row of this review carries an indicator, so there is no fact to follow.")];
    const number = state.fact ?? kinds[0][0].facts[0], one = data.facts[number];
    const now = kinds.find(([, k]) => one.kinds.includes(k)) || [null, -1];
    const kind = make("select", { "aria-label": "Kind of information", onchange: (event) => set({ fact: data.kinds[+event.target.value].facts[0] }) },
      kinds.map(([each, k]) => make("option", { value: k, selected: k === now[1] }, data.subjects.length > 1 ? `${each.label} (${each.subject})` : each.label)));
    const which = make("select", { "aria-label": "Entry that recorded it", onchange: (event) => set({ fact: +event.target.value }) },
      (now[0] ? now[0].facts : [number]).map((each) => make("option", { value: each, selected: each === number }, label(each))));
    const out = [make("p", { class: "group" }, kind), make("p", { class: "group" }, which)];
    out.push(make("h2", {}, `${one.label}: ${one.person}`));
    const until = endOfDay();
    out.push(make("p", {}, "First recorded in ", one.rows.map((at, i) => [i ? "; " : "", make("span", { class: started(at) ? null : "afterday" }, entryLink(at))]), "."));
    out.push(...folded(one.rows.map((at) => [at, started(at)]), (at) => words(at, "As recorded")).flat());
    const holders = one.held.slice().sort((a, b) => (a[1] ?? a[2]) - (b[1] ?? b[2]));
    out.push(make("h3", {}, "Who came to hold it"));
    out.push(...folded(holders.map((each) => [each, each[2] <= until]), ([agency, sure, possible, surely, possibly]) => {
      const certain = sure !== null && (sure <= until || possible > until);
      return make("p", { class: "holder" }, make("b", {}, data.agencies[agency].name), certain ? `, surely from ${sayMoment(sure)}` : `, possibly from ${sayMoment(possible)}`, ": ",
        (certain ? surely : possibly).map((at, i) => [i ? " → " : "", entryLink(at)]));
    }).flat());
    const steps = [], done = new Set();
    for (const [, , , , , some] of holders) for (const step of some) if (!done.has(step.slice(0, 4).join(" "))) { done.add(step.slice(0, 4).join(" ")); steps.push(step); }
    steps.sort((a, b) => a[2] - b[2]);
    out.push(make("h3", {}, "As sent and as received"));
    if (!steps.length) out.push(make("p", { class: "quiet" }, "No record of its being told to anyone."));
    out.push(...folded(steps.map((step) => [step, started(step[2]) && (step[3] === null || started(step[3]))]), ([from, to, row, heard, sure]) => make("div", {},
      make("p", {}, make("b", {}, `${data.agencies[from].name} → ${data.agencies[to].name}`), sure ? " (arrived)" : " (possibly: no record that this was conveyed, or that it arrived)"),
      words(row, data.entries[row].agency === from ? "As sent" : "As received"),
      heard !== null && heard !== row ? words(heard, "As received") : make("p", { class: "quiet" }, heard === null ? `${data.agencies[to].name} has no record of receiving it.` : `${data.agencies[from].name} has no record of sending it.`))).flat());
    const missing = data.without.filter(([, , f, , held]) => data.findings[f].status !== "dismissed" && held.some(([each]) => each === number));
    out.push(make("h3", {}, "Contacts that went without it, or others of its kind"));
    if (!missing.length) out.push(make("p", { class: "quiet" }, "None found."));
    const each = missing.flatMap(([agency, , f, contacts, , moments]) => [true, false].map((past) => [[agency, f, contacts.filter((at, i) => (moments[i][0] <= until) === past)], past]));
    out.push(...folded(each.filter(([[, , contacts]]) => contacts.length), ([agency, f, contacts]) => make("p", {}, make("b", {}, data.agencies[agency].name), ` (${data.findings[f].certainty}; ${data.channels[data.findings[f].channel]}): `,
      contacts.map((at, i) => [i ? "; " : "", entryLink(at, `${data.entries[at].when} (${data.entries[at].ref})`)]))).flat());
    return out.filter(Boolean);
  }
  const label = (number) => {
    const entry = data.entries[data.facts[number].origin];
    const person = data.subjects.includes(data.facts[number].person) ? "" : `, about ${data.facts[number].person}`;
    return `entry of ${entry.when} (${data.agencies[entry.agency].name}, ${entry.ref})${person}`;
  };
  function words(at, title) {
    const entry = data.entries[at];
    return make("div", { class: "verbatim" }, make("span", { class: "quiet" }, `${title}: `, entryLink(at)), make("br"), make("span", { dir: "auto" }, entry.text));
  }
  return { show };
})();
