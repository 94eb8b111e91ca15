() => {
  const wrong = new Set(), faint = (node) => node.closest(".later, .aside") !== null;
  const start = (at) => data.entries[at].bounds[0] ?? -1, last = (at) => data.entries[at].bounds[1] ?? start(at);
  const told = (one) => wrong.size < 20 && wrong.add(`${sayDay(state.on)}: ${one}`);
  let days = 0, squares = 0;
  set({ lines: "all" });
  settle();
  const marks_ = [...document.querySelectorAll("#drawing .m")], dated = [...document.querySelectorAll("#drawing [data-since]")];
  const cells = [...document.querySelectorAll("#held td[data-kind]")];
  for (let on = data.spans[0]; on < data.spans[1]; on++) {
    set({ on });
    settle();
    days++;
    const until = endOfDay();
    for (const mark of marks_) {
      const at = +mark.dataset.entry, shown = mark.classList;
      if (start(at) > until && !shown.contains("later")) told(`${data.entries[at].name} is shown before it was`);
      if (start(at) <= until && shown.contains("later")) told(`${data.entries[at].name} is hidden`);
      if (last(at) > until && !shown.contains("later") && !shown.contains("possibly")) told(`${data.entries[at].name} is shown as sure`);
      const missed = marks.told[at].missed;
      if (missed !== null && (data.findings[missed].since ?? Infinity) > until && !faint(mark.querySelector(".opp"))) told("a response is missed before it was due");
    }
    for (const node of dated) if (node.isConnected && +node.dataset.since > until && !faint(node)) told(`${node.textContent || node.outerHTML} is told`);
    const edge = scale.x(on + 1) + 0.01;
    for (const line of document.querySelectorAll("#drawing .incident")) if (+line.getAttribute("y2") && data.incident > on && !faint(line)) told("the incident is shown before it was");
    for (const band of document.querySelectorAll("#drawing .head rect.band:not(.later), #drawing .head rect.plan:not(.later)")) {
      const box = [+band.getAttribute("x"), +band.getAttribute("width")];
      if (box[1] > 0 && box[0] + box[1] > Math.max(edge, box[0])) told("a band in the head runs on");
    }
    for (const cell of cells) {
      if (!cell.classList.contains("g")) continue;
      squares++;
      const [a, k] = [+cell.dataset.agency, +cell.dataset.kind], own = held.times.get(`${a} ${k}`);
      const others = data.agencies.map((_, at) => at === a ? null : held.times.get(`${at} ${k}`)).filter(Boolean);
      const name = `${data.agencies[a].name}, ${data.kinds[k].label}`;
      if (own && own[1] <= until) told(`${name}: held, and shown without`);
      if (!others.some(([, possible]) => possible <= until)) told(`${name}: nobody held it yet`);
      const sure = !cell.classList.contains("maybe");
      if (sure && !others.some(([surely]) => surely !== null && surely <= until)) told(`${name}: nobody surely held it yet`);
      if (sure && !held.without.get(`${a} ${k}`).some(([, , , contacts]) => contacts.some((at) => last(at) <= until))) told(`${name}: no contact surely was`);
    }
  }
  return { wrong: [...wrong], days, squares };
}
