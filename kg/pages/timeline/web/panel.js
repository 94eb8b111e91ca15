// The panel beside the drawing: what was held, one entry, what to look at, the way of one fact.
const panel = (() => {
  const root = document.getElementById("pane");
  const names = { held: "Held on the day", entry: "Entry", findings: "To look at", fact: "One fact" };
  const tabs = make("div", { class: "tabs", role: "tablist", "aria-label": "Panel" });
  const inside = make("div", { role: "tabpanel", id: "inside", tabindex: -1 });
  const buttons = Object.entries(names).map(([key, name]) => make("button", { type: "button", role: "tab", "data-pane": key, "aria-controls": "inside", onclick: () => set({ pane: key }) }, name));
  tabs.append(...buttons);
  const close = make("button", { type: "button", class: "close", "aria-label": "Close the panel", title: "Close (Escape)", onclick: () => set({ chosen: null, finding: null, cell: null, pane: "held" }) }, "×");
  root.append(make("div", { class: "tabbar" }, tabs, close), inside);
  tabs.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const keys = Object.keys(names), next = keys[(keys.indexOf(state.pane) + step + keys.length) % keys.length];
    set({ pane: next });
    settle();
    buttons[keys.indexOf(next)].focus();
    event.preventDefault();
  });
  let table = null, detail = null;

  function show() {
    for (const button of buttons) {
      const on = button.dataset.pane === state.pane;
      button.setAttribute("aria-selected", on);
      button.setAttribute("tabindex", on ? 0 : -1);
    }
    if (state.pane === "held") {
      table = table || held.build();
      held.update();
      held.pick();
      detail = held.detail();
      inside.replaceChildren(heldHead, make("div", {}, table), held.key(), detail);
      day_words();
    } else if (state.pane === "entry") inside.replaceChildren(...entry());
    else if (state.pane === "findings") inside.replaceChildren(...findings());
    else inside.replaceChildren(...fact.show());
    root.scrollTop = state.pane === "held" ? root.scrollTop : 0;
  }
  const heldHead = make("p", { class: "quiet" });
  function day_words() {
    heldHead.textContent = state.on >= data.spans[1] ? "At the end of the whole record. Move the slider to any day." : `At the end of ${sayDay(state.on)}, from what each had by then.`;
  }
  // A step in time: only the squares that change are painted anew.
  function onDay() {
    if (state.pane !== "held") {
      clearTimeout(again);
      again = setTimeout(() => { const at = root.scrollTop; show(); root.scrollTop = at; }, data.entries.length > 400 ? 150 : 0);
      return;
    }
    if (!table) return;
    held.update();
    day_words();
    if (state.cell) { const next = held.detail(); detail.replaceWith(next); detail = next; }
  }
  let again = 0;
  function onCell() {
    if (state.pane !== "held" || !table) return;
    held.pick();
    const next = held.detail();
    detail.replaceWith(next);
    detail = next;
    if (state.cell) detail.scrollIntoView({ block: "nearest" });
  }

  // --- one entry ---------------------------------------------------------------------------------------------------
  function entry() {
    const told_of = state.finding === null ? [] : [...data.findings[state.finding].rows, ...(data.findings[state.finding].chain || [])];
    if (state.finding !== null && !told_of.includes(state.chosen)) {
      const past = known(state.finding);
      return [past ? "" : make("p", { class: "note" }, `This finding rests on entries later than the day shown, ${sayDay(state.on)}.`), findingBox(state.finding, true), ...questionsOf([state.finding]).map(([box]) => box)];
    }
    if (state.chosen === null) return [make("p", { class: "quiet" }, "Choose an entry in the drawing or the table. In the drawing, arrow keys go from entry to entry.")];
    const at = state.chosen, each = data.entries[at], agency = data.agencies[each.agency];
    const out = [];
    if (!started(at)) out.push(make("p", { class: "note" }, `This entry is later than the day shown, ${sayDay(state.on)}.`));
    out.push(make("h2", {}, `${each.when}: ${agency.name} (${each.ref})`));
    out.push(make("p", { class: "quiet" }, [each.contact, data.fills[each.fill], each.codes === "agency" ? "" : data.codings[each.codes], each.age && (data.subjects.length === 1 ? `age ${each.age}` : each.age)].filter(Boolean).join(" · ")));
    out.push(steps(at));
    out.push(make("p", { class: "verbatim", dir: "auto" }, each.text));
    out.push(make("dl", {}, each.cells.map(([name, words]) => [make("dt", {}, name), make("dd", { dir: "auto" }, words)]),
      make("dt", {}, "Where it stands"), make("dd", {}, each.place), each.late ? [make("dt", {}, "Known"), make("dd", {}, each.late)] : null));
    if (each.linked.length) out.push(make("p", {}, "Other accounts of the same event: ", each.linked.map((other, i) => [i ? "; " : "", make("span", { class: started(other) ? null : "afterday" }, entryLink(other))])));
    out.push(make("h3", {}, "Findings here"));
    const own = each.findings.filter((f) => data.findings[f].kind !== "response-recorded");
    const order = ["missed-opportunity", "decision-to-look-at", "question"];
    own.sort((one, other) => (order.indexOf(data.findings[one].kind) + 9) % 9 - (order.indexOf(data.findings[other].kind) + 9) % 9);
    if (!own.length) out.push(make("p", { class: "quiet" }, "None."));
    const told = own.filter((f) => data.findings[f].kind !== "missed-share");
    const parts = (some) => folded(some.map((f) => [f, known(f)]), (f) => findingBox(f, true)).flat().filter(Boolean);
    out.push(...parts(told));
    const missing = own.filter((f) => data.findings[f].kind === "missed-share");
    if (missing.length) out.push(make("details", { open: missing.length < 4 }, make("summary", {}, `${count(missing.length, "kind")} of information had not arrived`), parts(missing)));
    const met = each.findings.filter((f) => data.findings[f].kind === "response-recorded");
    if (met.length) out.push(make("details", {}, make("summary", {}, "Response recorded in time"), met.map((f) => findingBox(f, true))));
    out.push(...folded(questionsOf(told), (box) => box).flat().filter(Boolean));
    out.push(...heldThen(at));
    return out;
  }
  // The entries before and after: in time, and in the chain of the same opportunity.
  function steps(at) {
    const go = (to, words) => make("button", { type: "button", disabled: to === undefined, onclick: () => set({ chosen: to }) }, words);
    const shown = [...filters.kept], i = shown.indexOf(at);
    const out = make("p", { class: "group", "data-steps": "" }, go(shown[i - 1], "← Before"), go(shown[i + 1], "After →"));
    // The chain that was chosen is kept while it is followed; else it is the entry's own.
    const own = data.entries[at].findings.map((f) => data.findings[f]).find((each) => each.chain && each.chain.length > 1 && each.kind !== "response-recorded");
    const kept = state.finding === null ? null : data.findings[state.finding], chained = kept && (kept.chain || []).includes(at) ? kept : own;
    if (chained && chained.chain.length > 1) {
      const n = chained.chain.indexOf(at), there = data.findings.find((each) => each.chainKey === chained.chainKey && each.rows[0] === at);
      out.append(go(chained.chain[n - 1], "⇠ Previous in the chain"), make("b", {}, ordinal(there ? there.ordinal : `row ${n + 1} of ${chained.chain.length}`)), go(chained.chain[n + 1], "Next in the chain ⇢"));
    }
    return out;
  }
  function heldThen(at) {
    const each = data.entries[at], agency = each.agency, until = each.known[1] ?? each.known[0];
    if (until === null) return [make("p", { class: "quiet" }, "The entry has no date, so it cannot be said what was held then.")];
    const own = [], lacks = [];
    data.kinds.forEach((kind, k) => {
      const mine = held.times.get(`${agency} ${k}`);
      const subject = data.subjects.length > 1 ? ` (${kind.subject})` : "";
      if (mine && mine[1] <= until) own.push(`${kind.label}${subject}${mine[0] !== null && mine[0] <= until ? "" : ": possibly"}`);
      else {
        const others = data.agencies.map((other, a) => [other, held.times.get(`${a} ${k}`), a]).filter(([, time, a]) => a !== agency && time && time[1] <= until);
        if (others.length) lacks.push([`${kind.label}${subject}`, others.map(([other, time]) => `${other.letter}${time[0] !== null && time[0] <= until ? "" : " possibly"}`), k]);
      }
    });
    const name = data.agencies[agency].name, on = sayDay(until / DAY);
    return [make("h3", {}, `What ${name} held by the end of ${on}`), own.length ? make("p", {}, own.join("; ")) : make("p", { class: "quiet" }, "No record of any kind of information."),
      make("h3", {}, "What others held then that it did not"), lacks.length ? make("ul", {}, lacks.map(([kind, others, k]) => make("li", {}, link(kind, () => set({ cell: [agency, k], pane: "held", on: Math.floor(until / DAY) })), `: ${others.join(", ")}`))) : make("p", { class: "quiet" }, "None recorded."),
      make("p", { class: "quiet" }, "Letters are those of the agencies in the drawing. Whether it needed it is for the findings above.")];
  }

  // As of a day, how many there were to be in all is not yet known.
  const ordinal = (words) => (state.on >= data.spans[1] ? words : words.replace(/ of \d+/, ""));

  function findingBox(at, whole) {
    const each = data.findings[at];
    const status = each.status === "open" ? "" : each.status;
    return make("div", { class: `finding ${each.kind} ${status}${known(at) ? "" : " afterday"}`, "data-finding": at },
      make("p", {}, make("b", {}, link(each.title, () => set({ finding: at, chosen: null, pane: "entry" }))), status ? ` [${status}]` : ""),
      make("p", { class: "quiet" }, [each.certainty, each.strength, each.grade, data.channels[each.channel], each.ordinal && each.chain.length > 1 ? `${ordinal(each.ordinal)}; ${ordinal(each.agencyOrdinal)}` : null, each.id].filter(Boolean).join(" · ")),
      whole ? make("details", { open: each.kind !== "missed-share" || state.finding === at }, make("summary", {}, "Why, and by which rule"), each.because.map((words) => make("p", {}, words))) : null,
      each.path && each.path.length && state.finding === at ? make("p", {}, "Could have come by: ", each.path.map((row, i) => [i ? " → " : "", entryLink(row)])) : null,
      state.finding === at && each.rows.length ? make("p", {}, "Entries: ", each.rows.slice(0, 30).map((row, i) => [i ? "; " : "", make("span", { class: started(row) ? null : "afterday" }, entryLink(row))])) : null);
  }
  const numbers = new Map(data.findings.map((each, at) => [each.id, at]));
  function questionBox(question) {
    return make("div", { class: "question" }, make("p", {}, make("b", {}, `Question to ${data.agencies[question.agency].name}`), ` (${question.id}${question.status === "open" ? "" : `, ${question.status}`})`),
      make("p", {}, question.recorded), question.known.map((words) => make("p", { class: "quiet" }, words)), make("p", {}, question.question), question.answers.map((words) => make("p", {}, words)));
  }
  function questionsOf(some) {
    const ids = new Set(some.map((f) => data.findings[f].id));
    return data.questions.filter((question) => question.covers.some((id) => ids.has(id)))
      .map((question) => [questionBox(question), question.covers.every((id) => numbers.has(id) ? known(numbers.get(id)) : true)]);
  }

  // --- what to look at -----------------------------------------------------------------------------------------------
  function findings() {
    const whole = state.on >= data.spans[1], later = (f) => (known(f) ? null : "afterday");
    const out = [whole ? "" : make("p", { class: "note" }, `What rests on entries later than ${sayDay(state.on)} stands in grey.`), make("p", { class: whole ? null : "afterday" }, data.headline)];
    const chains = new Map(), open = data.findings.map((each, at) => [each, at]).filter(([each]) => each.status !== "dismissed");
    for (const [each, at] of open) if (each.kind === "missed-opportunity" || each.kind === "decision-to-look-at") push(chains, each.chainKey, at);
    for (const [kind, words] of [["missed-opportunity", "Opportunities with no response recorded"], ["decision-to-look-at", "Decisions to look at"]]) {
      const some = [...chains].filter(([key]) => key.startsWith(`${kind}|`)).sort((one, other) => other[1].length - one[1].length);
      if (!some.length) continue;
      out.push(make("h2", {}, words));
      for (const [, list] of some) {
        list.sort((one, other) => data.findings[one].rows[0] - data.findings[other].rows[0]);
        const by = list.filter(known).length;
        out.push(make("details", { open: some.length < 4 || list.length > 2, class: by ? null : "afterday" }, make("summary", {}, `${(by || list.length) > 1 ? `${by || list.length} entries: ` : ""}${data.findings[list[0]].rules[0]}`),
          make("ul", {}, list.map((at) => make("li", { class: later(at) }, link(`${data.findings[at].chain.length > 1 ? `${ordinal(data.findings[at].ordinal)}: ` : ""}${data.findings[at].title}`, () => set({ finding: at, chosen: data.findings[at].rows[0], pane: "entry" })))))));
      }
    }
    out.push(make("h2", {}, "Information that did not arrive"));
    const pairs = new Map();
    for (const group of data.gravest) push(pairs, `${group.from} ${group.to}`, group);
    if (!pairs.size) out.push(make("p", { class: "quiet" }, "None found."));
    let n = 0;
    for (const [, groups] of pairs) {
      const { from, to } = groups[0], all = [...new Set(groups.flatMap((group) => group.findings))];
      const by = all.filter(known).length;
      out.push(make("details", { open: n++ < 2, class: by ? null : "afterday" }, make("summary", {}, `${data.agencies[from].name} held, ${data.agencies[to].name} had no record: ${count(by || all.length, "kind")}`),
        make("ul", {}, all.map((at) => make("li", { class: later(at) }, link(data.findings[at].indicator, () => set({ finding: at, chosen: null, pane: "entry" })),
          ` (${data.findings[at].certainty}, ${data.findings[at].grade}, ${count(data.findings[at].rows.length, "contact")}; ${data.channels[data.findings[at].channel]})`)))));
    }
    for (const [kind, words] of [["pooled-threshold", "Enough together before any one alone"], ["not-received", "No record of receipt"], ["not-sent", "No record of sending"], ["accounts-differ", "Accounts that differ"], ["not-seen", "Longest time not seen"]]) {
      const some = open.filter(([each]) => each.kind === kind);
      if (some.length) out.push(make("h2", {}, words), make("ul", {}, some.map(([each, at]) => make("li", { class: later(at) }, link(each.title, () => set({ finding: at, chosen: null, pane: "entry" }))))));
    }
    return out;
  }
  function push(map, key, value) {
    if (map.has(key)) map.get(key).push(value); else map.set(key, [value]);
  }
  return { show, onDay, onCell, findingBox, questionBox };
})();
