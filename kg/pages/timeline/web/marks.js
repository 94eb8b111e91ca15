// How one entry looks: its shape by the kind of contact, its filling by who was seen, its colour by the agency.
const marks = (() => {
  // The outlines come with the data, in units of the radius; one without corners is a circle.
  function shape(name, r) {
    const corners = data.outlines[name] || [];
    if (!corners.length) return `M${-r} 0A${r} ${r} 0 1 1 ${r} 0A${r} ${r} 0 1 1 ${-r} 0Z`;
    return `M${corners.map(([x, y]) => `${(x * r).toFixed(2)} ${(y * r).toFixed(2)}`).join("L")}Z`;
  }

  // The finding whose number stands beside an entry, and whether something had not arrived there.
  const told = data.entries.map(() => ({ missed: null, decision: null, gaps: 0, since: Infinity }));
  // From when something others held had not arrived, in some reading.
  for (const [, , f, contacts, , moments] of data.without) {
    if (data.findings[f].status !== "dismissed") contacts.forEach((at, i) => { told[at].since = Math.min(told[at].since, moments[i][0]); });
  }
  data.findings.forEach((finding, at) => {
    if (finding.status === "dismissed") return;
    for (const row of finding.rows) {
      if (finding.kind === "missed-opportunity") told[row].missed = at;
      else if (finding.kind === "decision-to-look-at") told[row].decision = at;
      else if (finding.kind === "missed-share") told[row].gaps++;
    }
  });

  function name(at) {
    const entry = data.entries[at], agency = data.agencies[entry.agency], found = told[at];
    const said = [`${entry.when}, ${agency.name} (${entry.ref})`, `${entry.contact}, ${data.fills[entry.fill]}`];
    if (entry.codes === "suggested") said.push(data.codings.suggested);
    if (found.missed !== null) said.push(`no response recorded${entry.number ? `, ${entry.number}` : ""}`);
    if (found.decision !== null) said.push("a decision to look at");
    if (found.gaps) said.push(`${count(found.gaps, "kind")} of information had not arrived`);
    said.push(entry.text.length > 160 ? `${entry.text.slice(0, 160)}…` : entry.text);
    return said.join(". ");
  }

  function mark(at, r, letters) {
    const entry = data.entries[at], found = told[at];
    const node = draw("g", { class: `m c${entry.agency % 8} ${entry.fill}${entry.codes === "suggested" ? " suggested" : ""}`, role: "button", tabindex: -1, "data-entry": at },
      draw("title", {}, name(at)));
    const ringed = found.missed !== null || found.decision !== null, ring = r + Math.min(3.6, r * 0.8);
    node.late = [];   // what of it comes later than the entry itself: [from when, the part]
    node.reach = ringed ? ring + 1.2 : entry.fill === "alone" ? r + 3 : r * 1.15 + 0.8;
    const since = (found.missed ?? found.decision) === null ? null : data.findings[found.missed ?? found.decision].since ?? Infinity;
    const later = (part, moment) => { node.late.push([moment, part]); node.append(part); };
    if (ringed) later(draw("circle", { class: `opp${found.missed === null ? " decision" : ""}`, r: ring }), since);
    if (entry.fill === "alone") node.append(draw("circle", { class: "halo", r: r + 2.2 }));
    node.append(draw("path", { class: "s", d: shape(entry.shape, r) }));
    if (found.gaps) later(draw("circle", { class: "gapdot", cx: r * 0.95, cy: r * 0.95, r: Math.max(2.1, r * 0.42) }), found.since);
    if (found.missed !== null && entry.number) {
      const [one, of] = entry.number.split(" of ");
      // As of a day, how many there were to be in all is not yet known.
      node.ordinal = draw("g", {}, draw("path", { class: "ordline" }), draw("text", { class: "ord", x: r + 5, y: 3.5 }, one, draw("tspan", { class: "whole" }, `/${of}`)));
      later(node.ordinal, since);
    }
    if (letters) node.append(draw("text", { class: "lt", x: -r - 2, y: -r + 2, "text-anchor": "end" }, data.agencies[entry.agency].letter));
    node.append(draw("circle", { class: "pick", r: r + 5.5 }));
    return node;
  }

  function sample(kind, filling, r = 5.5) {
    return draw("svg", { width: 16, height: 16, viewBox: "-8 -8 16 16", "aria-hidden": "true", class: "c5" },
      draw("g", { class: `m ${filling}` }, filling === "alone" ? draw("circle", { class: "halo", r: r + 1.8 }) : null,
        draw("path", { class: "s", d: shape(kind, r * 0.95) })));
  }
  return { mark, name, sample, told };
})();
