// Which entries are shown: filters, search, and the counts that are always in sight.
const filters = (() => {
  const parts = {
    agency: ["Agency", (entry) => [data.agencies[entry.agency].name]],
    person: ["Person", (entry) => entry.people],
    kind: ["Kind of contact", (entry) => [entry.contact]],
    indicator: ["Indicator", (entry) => entry.indicators],
    response: ["Response", (entry) => entry.responses],
    seen: ["Seen", (entry) => [entry.seen]],
    finding: ["To look at", (entry) => entry.found],
    date: ["Date", (entry) => [entry.drawn === null ? "undated" : entry.hedge || entry.drawn[1] - entry.drawn[0] >= DAY
      ? "uncertain date" : "certain day"]],
  };
  const FOUND = {
    "missed-opportunity": "opportunity with no response recorded", "decision-to-look-at": "decision to look at",
    question: "only the agency can tell", "missed-share": "information had not arrived", "not-received": "no record of receipt",
    "not-sent": "no record of sending", "accounts-differ": "accounts differ", "response-recorded": "response recorded in time",
  };
  for (const entry of data.entries) { entry.found = []; entry.findings = []; }
  data.findings.forEach((finding, at) => {
    if (finding.kind === "not-seen" || finding.kind === "pooled-threshold") return;
    for (const row of finding.rows) {
      const entry = data.entries[row], word = FOUND[finding.kind] || finding.kind;
      entry.findings.push(at);
      if (!entry.found.includes(word) && finding.status !== "dismissed") entry.found.push(word);
    }
  });
  for (const entry of data.entries) {
    entry.searched = [entry.name, entry.text, entry.when, ...entry.cells.map((cell) => cell[1]), ...entry.indicators,
      ...entry.responses, entry.contact].join("\n").toLocaleLowerCase("en-GB");
  }
  const kept = new Set();
  let everything = true;

  function compute() {
    const wanted = Object.entries(state.filters).filter(([key, chosen]) => chosen.size && parts[key]);
    const sought = state.q.trim().toLocaleLowerCase("en-GB");
    kept.clear();
    data.entries.forEach((entry, at) => {
      if (wanted.every(([key, chosen]) => parts[key][1](entry).some((value) => chosen.has(value))) &&
        (!sought || entry.searched.includes(sought))) kept.add(at);
    });
    everything = kept.size === data.entries.length;
    tell();
  }
  // How many entries and contacts, by the end of the day shown.
  function tell() {
    let seen = 0, alone = 0, unseen = 0, contacts = 0, by = 0;
    for (const at of kept) {
      const entry = data.entries[at];
      if (!started(at)) continue;
      by++;
      if (!entry.isContact) continue;
      contacts++;
      if (entry.fill === "seen") seen++;
      else if (entry.fill === "alone") alone++;
      else if (entry.fill === "unseen") unseen++;
    }
    document.getElementById("counts").textContent = `${by.toLocaleString("en-GB")} of ${count(data.entries.length, "entry", "entries")}` +
      `${state.on < data.spans[1] ? ` by ${sayDay(state.on)}` : ""} · ` +
      `${count(contacts, "contact")}: seen ${seen}, alone ${alone}, not seen ${unseen}, not stated ${contacts - seen - alone - unseen}`;
  }

  function box(key) {
    const [label, of] = parts[key], counts = new Map();
    for (const entry of data.entries) for (const value of new Set(of(entry))) counts.set(value, (counts.get(value) || 0) + 1);
    const summary = make("summary", {}, label);
    const list = make("div", { role: "group", "aria-label": label });
    const chosen = () => state.filters[key] || new Set();
    function choose(value, on) {
      const next = new Set(chosen());
      if (on) next.add(value); else next.delete(value);
      set({ filters: { ...state.filters, [key]: next } });
    }
    const boxes = new Map();
    for (const [value, number] of [...counts].sort((one, other) => key === "agency" ? 0 : other[1] - one[1])) {
      const input = make("input", { type: "checkbox", onchange: (event) => choose(value, event.target.checked) });
      boxes.set(value, input);
      list.append(make("label", {}, input, make("span", {}, value), make("span", { class: "n" }, number)));
    }
    const details = make("details", { class: "filter", "data-filter": key }, summary, list);
    details.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && details.open) { details.open = false; summary.focus(); event.stopPropagation(); }
    });
    when("filters", () => {
      for (const [value, input] of boxes) input.checked = chosen().has(value);
      summary.textContent = chosen().size ? `${label}: ${chosen().size}` : label;
      summary.classList.toggle("on", chosen().size > 0);
    });
    return details;
  }

  function build(bar) {
    const search = make("input", { type: "search", class: "entries", placeholder: "Search the entries", "aria-label": "Search the entries",
      oninput: (event) => set({ q: event.target.value }) });
    const boxes = Object.keys(parts).map(box);
    const clear = make("button", { type: "button", onclick: () => set({ filters: {}, q: "" }) }, "Show all");
    const row = make("div", { id: "filters", role: "group", "aria-label": "Filters" }, boxes, clear);
    row.hidden = true;
    const open = make("button", { type: "button", class: "entries", "aria-expanded": "false", "aria-controls": "filters",
      onclick: () => { row.hidden = !row.hidden; open.setAttribute("aria-expanded", String(!row.hidden)); dispatchEvent(new Event("resize")); } }, "Filters");
    bar.append(search, open);
    bar.after(row);
    when("filters", () => {
      const number = Object.values(state.filters).reduce((sum, each) => sum + each.size, 0);
      open.textContent = number ? `Filters: ${number}` : "Filters";
      if (number && row.hidden) open.click();
    });
    document.addEventListener("click", (event) => {
      for (const each of boxes) if (each.open && !each.contains(event.target)) each.open = false;
    });
    when("q", () => { if (search.value !== state.q) search.value = state.q; });
    when("q filters", () => { clear.disabled = !state.q && !Object.values(state.filters).some((each) => each.size); });
  }

  return { build, compute, tell, kept, keeps: (at) => everything || kept.has(at), all: () => everything };
})();
