// What each agency held on the day, kind by kind: the table beside the drawing.
const held = (() => {
  const GLYPHS = ["·", "◐", "●"], WORDS = ["no record", "possibly held", "held"];
  const cells = new Map();
  let move = () => {}, table = null;
  const key = (agency, kind) => `${agency} ${kind}`;
  const times = new Map(data.cells.map(([agency, kind, sure, possible]) => [key(agency, kind), [sure, possible]]));
  const without = new Map();
  for (const each of data.without) {
    if (data.findings[each[2]].status === "dismissed") continue;
    const at = key(each[0], each[1]);
    if (without.has(at)) without.get(at).push(each); else without.set(at, [each]);
  }

  function build() {
    const many = data.subjects.length > 1;
    const top = make("tr", {}, make("td", {}), data.agencies.map((agency, at) =>
      make("th", { scope: "col", class: `c${at % 8}`, title: `${agency.name}. ${agency.coverage}` },
        make("span", { class: "upright" }, make("span", {}, agency.name), agency.note ? make("span", { class: "note" }, agency.note.replace(" rows", "")) : null), make("span", { class: "letter" }, agency.letter))));
    const rows = [];
    let subject = null;
    data.kinds.forEach((kind, k) => {
      if (many && kind.subject !== subject) {
        subject = kind.subject;
        rows.push(make("tr", { class: "subject" }, make("th", { scope: "rowgroup", colspan: data.agencies.length + 1 }, `About ${subject}`)));
      }
      const row = make("tr", {}, make("th", { scope: "row" }, link(kind.label, () => set({ fact: kind.facts[0] ?? null, pane: "fact", cell: null }), "The way of one fact of this kind")));
      data.agencies.forEach((agency, a) => {
        const button = make("button", { type: "button", tabindex: -1 });
        const cell = make("td", { "data-agency": a, "data-kind": k }, button);
        const one = { cell, button, state: 0, gap: 0, agency: a, kind: k };
        cells.set(key(a, k), one);
        row.append(cell);
        paint(one);
      });
      rows.push(row);
    });
    table = make("table", { id: "held", "aria-label": "What each agency held on the day" }, make("thead", {}, top), make("tbody", {}, rows));
    table.addEventListener("click", (event) => {
      const cell = event.target.closest("td[data-kind]");
      if (cell) set({ cell: [+cell.dataset.agency, +cell.dataset.kind], chosen: null });
    });
    table.addEventListener("keydown", keys);
    const items = [];
    for (const [agency, kind, sure, possible] of data.cells) {
      const one = cells.get(key(agency, kind));
      items.push({ at: possible, pass: (past) => { one.state = past ? 1 : 0; if (sure !== null && sure === possible) one.state *= 2; paint(one); } });
      if (sure !== null && sure > possible) items.push({ at: sure, pass: (past) => { one.state = past ? 2 : 1; paint(one); } });
    }
    // A contact went without it possibly, then surely; some never surely.
    for (const [at, some] of without) {
      const one = cells.get(at), moments = some.flatMap((each) => each[5]);
      const possibly = Math.min(...moments.map(([moment]) => moment)), surely = Math.min(...moments.map(([, moment]) => moment ?? Infinity));
      items.push({ at: possibly, pass: (past) => { one.gap = past ? 1 : 0; paint(one); } });
      if (surely < Infinity) items.push({ at: surely, pass: (past) => { one.gap = past ? 2 : 1; paint(one); } });
    }
    move = passing(items);
    const first = table.querySelector("td button");
    if (first) first.setAttribute("tabindex", 0);
    return table;
  }

  function paint(one) {
    const agency = data.agencies[one.agency], quiet = one.state === 0, unread = quiet && agency.state !== "read";
    const gap = quiet ? one.gap : 0;
    const glyph = gap ? "○" : unread ? (agency.state === "none" ? "–" : "?") : GLYPHS[one.state];
    const words = gap ? `no record, ${gap > 1 ? "" : "possibly "}at a contact where others held it` : unread ? (agency.note || "unread: not coded") : WORDS[one.state];
    one.cell.className = `s${one.state}${gap ? " g" : ""}${gap === 1 ? " maybe" : ""}${unread ? " u" : ""}`;
    one.button.textContent = glyph;
    one.button.setAttribute("aria-label", `${agency.name}: ${data.kinds[one.kind].label}: ${words}`);
  }
  function keys(event) {
    const cell = event.target.closest("td[data-kind]");
    const way = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!cell || !way) return;
    const next = cells.get(key(+cell.dataset.agency + way[0], +cell.dataset.kind + way[1]));
    if (next) {
      event.target.setAttribute("tabindex", -1);
      next.button.setAttribute("tabindex", 0);
      next.button.focus();
    }
    event.preventDefault();
    event.stopPropagation();
  }
  function update() {
    move(endOfDay());
  }
  function pick() {
    for (const each of table ? table.querySelectorAll(".now") : []) each.classList.remove("now");
    if (state.cell) cells.get(key(...state.cell))?.cell.classList.add("now");
  }

  // What stands behind one cell: the facts, how they came, or the question to the agency.
  function detail() {
    const out = make("div", { id: "cell", role: "region", "aria-live": "polite", "aria-label": "The square chosen" });
    if (!state.cell) {
      out.append(make("p", { class: "quiet" }, "Choose a square to see the entries behind it and the question to the agency."));
      return out;
    }
    const [a, k] = state.cell, agency = data.agencies[a], kind = data.kinds[k], time = times.get(key(a, k)), until = endOfDay();
    out.append(make("h2", {}, `${kind.label}: ${agency.name}`));
    if (data.subjects.length > 1) out.append(make("p", { class: "quiet" }, `Bearing on ${kind.subject}`));
    const holdings = kind.facts.flatMap((number) => data.facts[number].held.filter(([at, , possible]) => at === a && possible <= until).map((each) => [number, each]));
    holdings.sort((one, other) => one[1][2] - other[1][2]);
    if (time && time[1] <= until) {
      out.append(make("p", {}, time[0] !== null && time[0] <= until ? `Held, surely from ${sayMoment(time[0])}.` : `Possibly held from ${sayMoment(time[1])}: in some readings of the record.`));
      out.append(make("ul", {}, holdings.slice(0, 12).map(([number, [, sure, possible, surely, possibly]]) => {
        const path = sure !== null && sure <= until ? surely : possibly;
        return make("li", {}, link(factName(number), () => set({ fact: number, pane: "fact" })), ": ",
          path.map((at, i) => [i ? " → " : "", entryLink(at)]));
      })));
      if (holdings.length > 12) out.append(make("p", { class: "quiet" }, `and ${holdings.length - 12} more`));
    } else {
      out.append(make("p", {}, agency.state === "none" ? "No return: its silence says nothing." : agency.state === "unread" ? "No record, and most rows of this return are not coded: unread rather than blameless." : "No record by this day."));
      const others = data.agencies.map((other, at) => [other, times.get(key(at, k))]).filter(([, when]) => when && when[1] <= until);
      if (others.length) out.append(make("p", {}, "Held then by: ", others.map(([other, when], i) => `${i ? "; " : ""}${other.name} (${when[0] !== null && when[0] <= until ? "since" : "possibly since"} ${sayMoment(when[0] !== null && when[0] <= until ? when[0] : when[1])})`)));
    }
    const missing = without.get(key(a, k)) || [];
    // A finding, its contacts and the question to the agency speak of them all: they come folded until all have been.
    for (const [, , finding, contacts, , moments] of missing) {
      const by = contacts.filter((at, i) => moments[i][0] <= until);
      if (by.length) out.append(make("p", {}, "Contacts that went without it: ", by.slice(0, 20).map((at, i) => [i ? "; " : "", entryLink(at, `${data.entries[at].when} (${data.entries[at].ref})`)]), by.length > 20 ? ` and ${by.length - 20} more` : ""));
    }
    const ids = new Map(missing.map((each) => [data.findings[each[2]].id, known(each[2])]));
    const asked = data.questions.filter((question) => question.agency === a && question.covers.some((id) => ids.has(id)));
    const parts = [...missing.map((each) => [() => panel.findingBox(each[2], true), known(each[2])]),
      ...asked.map((question) => [() => panel.questionBox(question), question.covers.every((id) => ids.get(id) ?? true)])];
    for (const part of folded(parts, (part) => part()).flat()) if (part) out.append(part);
    if (!asked.length) out.append(make("p", { class: "quiet" }, "No question to this agency arises from this square."));
    return out;
  }
  const factName = (number) => {
    const fact = data.facts[number], entry = data.entries[fact.origin];
    return `${fact.label}${data.subjects.includes(fact.person) ? "" : ` (${fact.person})`}, entry of ${entry.when} (${entry.ref})`;
  };
  const key_line = () => make("p", { class: "quiet" },
    [["s2", "●", "held"], ["s1", "◐", "possibly"], ["s0", "·", "no record"], ["g", "○", "no record, at a contact where others held it"], ["g maybe", "○", "possibly so"], ["u", "?", "unread"]].map(([kind, glyph, words]) =>
      make("span", { class: "key" }, make("span", { class: `swatch ${kind}` }, glyph), words)));
  return { build, update, pick, detail, times, without, factName, key: key_line,
    state: () => Object.fromEntries([...cells].map(([at, one]) => [at, one.state])) };
})();
