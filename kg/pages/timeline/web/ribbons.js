// How far each piece of information travelled: a ribbon for each agency and kind, solid while it was held, an empty dashed
// band while others held it and it did not, a ring at each contact without it.
const ribbons = (() => {
  const root = document.getElementById("ribbons");
  const HIGH = 15, THICK = 9, R = 4.6, FOLDED = 21, HEAD = 22, WIDE = 27, OPEN = 0.66;
  const NUMBERS = { 1: "once", 2: "twice" };
  const often = (number) => NUMBERS[number] || `${number} times`;
  let open = null, sections = [], printing = null, focus = null;

  // --- words: what can be said by a moment; at the end of the record they are those of every other form ------------------
  function times(each, until) {
    const surely = new Set(), any = new Set(), who = new Set(), among = new Set();
    for (const band of each.bands) for (const [, event, possibly, sure] of band.without) {
      if (possibly > until) continue;
      any.add(event); among.add(band.agency);
      if (sure !== null && sure <= until) { surely.add(event); who.add(band.agency); }
    }
    return { surely: surely.size, more: any.size - surely.size, who: who.size || among.size };
  }
  function without({ surely, more, who }) {
    if (!surely && !more) return "no contact without it was found";
    const agencies = count(who, "agency", "agencies");
    if (!surely) return `${agencies} possibly met or decided ${often(more)} with no record of it`;
    return `${agencies} then met or decided ${often(surely)} with no record of it${more ? `, possibly ${often(more)} more` : ""}`;
  }
  const begun = (each, until) => started(each.row) || each.bands.some((band) => band.held[0] !== null && band.held[0] <= until);
  function sentence(each, until = endOfDay()) {
    if (!begun(each, until)) return `not recorded by ${sayDay(state.on)}`;
    return `${each.first}; ${without(times(each, until))}`;
  }
  // Beside one ribbon: how many contacts went without, and whether it came.
  function beside(each, band, until) {
    const [possibly, sure] = band.held, agency = data.agencies[band.agency], said = [];
    // The fullest words come first, then shorter ones for a narrow window.
    const gone = band.without.filter((one) => one[2] <= until), surely = gone.filter((one) => one[3] !== null && one[3] <= until).length;
    const more = gone.length > surely ? `, possibly ${gone.length - surely} more` : "", brief = [];
    if (surely) { said.push(`${count(surely, "contact")} without it${more}`); brief.push(`${surely} without it`); }
    else if (gone.length) { said.push(`possibly ${count(gone.length, "contact")} without it`); brief.push(`possibly ${gone.length} without it`); }
    if (possibly !== null && possibly <= until) {
      const certain = sure !== null && sure <= until;
      said.push(band === each.bands[0] ? (certain ? "first to hold it" : "possibly first to hold it") : `${certain ? "" : "possibly "}held from ${sayMoment(certain ? sure : possibly)}`);
    } else if (band.empty && band.empty[0] <= until) said.push(until === Infinity ? "no record it ever arrived" : "no record of it by then");
    if (agency.state !== "read" && said.length) said.push(agency.note || "mostly unread");
    const forms = [said.join(" · "), ...(brief.length ? [`${brief[0]}${surely ? more : ""} · ${said.slice(1).join(" · ")}`, `${brief[0]}${surely ? more : ""}`, brief[0]] : [])];
    return [forms[0], gone.length > 0, forms.find((form) => text.width(form) <= scale.now.right - 12) || forms[forms.length - 1]];
  }

  // --- where things stand ---------------------------------------------------------------------------------------------------
  function measure() {
    const wide = printing ? printing[0] : Math.max(420, root.clientWidth - 14);
    const names = data.agencies.reduce((most, agency) => Math.max(most, text.width(agency.name, 11)), 80);
    const small = wide < 640;
    scale.now.left = Math.min(small ? 120 : wide < 900 ? 176 : 236, names + 30);
    scale.now.right = small ? 10 : Math.min(345, wide * 0.26);
    scale.now.width = wide;
  }
  const clip = (x) => Math.min(scale.now.width - scale.now.right, Math.max(scale.now.left, x));
  const at = (moment) => clip(scale.x(moment / DAY));
  const inside = (x) => x >= scale.now.left - 1 && x <= scale.now.width - scale.now.right + 1;

  function shown() {
    const sought = state.k.trim().toLocaleLowerCase("en-GB");
    return data.ribbons.filter((each) => !sought || [each.title, each.subject, ...each.bands.map((band) => data.agencies[band.agency].name)].join("\n").toLocaleLowerCase("en-GB").includes(sought));
  }
  const tall = (each) => HEAD + (each.bands.length + (each.unread.length ? 1 : 0)) * HIGH + 8;
  // At first those are open that fit the larger part of the window, and at least one; the others are folded beneath.
  function opened() {
    open = new Set();
    const all = shown();
    let room = root.clientHeight * OPEN;
    for (const each of all) {
      room -= tall(each);
      if (open.size && room < 0) break;
      open.add(each);
    }
  }

  function layout() {
    measure();
    if (open === null) opened();
    // What was looked for is open, where it is little.
    const sought = state.k.trim() ? shown() : [];
    if (sought.length && sought.length < 4) for (const each of sought) open.add(each);
    const chosen = state.fact === null ? [] : data.facts[state.fact].kinds;
    for (const each of data.ribbons) if (chosen.includes(each.kind) && state.pane === "fact") open.add(each);
    const list = shown(), out = [head()];
    let subject = null;
    sections = [];
    for (const each of list) {
      if (data.subjects.length > 1 && each.subject !== subject) {
        subject = each.subject;
        out.push(make("h2", { class: "subject" }, `About ${subject}`));
      }
      const section = kind(each);
      sections.push(section);
      out.push(section.node);
    }
    if (!list.length) out.push(make("p", { class: "quiet" }, data.ribbons.length ? "No kind of information or agency of that name." : "No row of this review carries an indicator that bears on a subject, so there is nothing to follow."));
    const top = root.scrollTop;
    list_.replaceChildren(...out);
    root.scrollTop = top;
    onDay();
    rove();
    const followed = root.querySelector(".ribbon.chosen");
    if (followed && !printing && state.fact !== last_) followed.closest("section").scrollIntoView({ block: "nearest" });
    last_ = followed ? state.fact : null;
  }

  // The axis, which stays in sight.
  function head() {
    const svg = draw("svg", { class: "axis", width: scale.now.width, height: 20, "aria-hidden": "true" });
    dates(svg, 14);
    svg.line = draw("line", { class: "asof", y1: 0, y2: 20 });
    svg.said = draw("text", { class: "b asofday", y: 13 });
    svg.ground = draw("rect", { class: "lane", y: 0, height: 19, width: 0 });
    svg.append(svg.line, svg.ground, svg.said);
    axis = svg;
    return make("div", { class: "axisbar" }, svg);
  }
  let axis = null, last_ = null;
  function dates(svg, y) {
    let free = 0;
    for (const [day, words, strong] of scale.ticks()) {
      const x = scale.x(day), wide = text.width(words, 11, strong ? 700 : 400);
      if (!inside(x) || x < free || x + wide + 3 > scale.now.width - scale.now.right) continue;
      svg.append(draw("line", { class: "rule strong", x1: x, x2: x, y1: y - 8, y2: y + 6 }), draw("text", { class: strong ? "b" : "q", x: x + 3, y }, words));
      free = x + wide + 8;
    }
  }

  function kind(each) {
    const on = printing ? true : open.has(each), until = endOfDay();
    const button = make("button", { type: "button", class: "fold", "aria-expanded": String(on), tabindex: -1, onclick: () => toggle(each) }, make("span", { class: "sign", "aria-hidden": "true" }, on ? "▾" : "▸"), make("span", { class: "title" }, each.title));
    const said = make("span", { class: "said" });
    const node = make("section", { class: `kind${on ? " on" : ""}`, "aria-label": each.title });
    const section = { each, node, said, button, rows: [button], bands: [], passed: () => {}, veils: [] };
    if (on) node.append(make("h3", {}, button, said), bands(each, section));
    else {
      node.append(make("h3", {}, button), folded_(each, section), said);
      button.style.width = `${scale.now.left - 2}px`;
      said.style.maxWidth = `${scale.now.right - 14}px`;
    }
    return section;
  }
  function toggle(each) {
    if (open.has(each)) open.delete(each); else open.add(each);
    layout();
    sections.find((section) => section.each === each)?.button.focus();
  }

  function ground(svg, high) {
    for (const [day, , strong] of scale.ticks()) {
      const x = scale.x(day);
      if (inside(x)) svg.append(draw("line", { class: `rule${strong ? " strong" : ""}`, x1: x, x2: x, y1: 0, y2: high }));
    }
  }
  function cover(svg, section, high) {
    const veil = draw("rect", { class: "veil", y: 0, height: high });
    const line = draw("line", { class: "asof", y1: 0, y2: high });
    section.veils.push([veil, line]);
    svg.append(veil);
    return line;
  }
  function ending(svg, high) {
    if (data.incident === null || !inside(scale.x(data.incident))) return;
    svg.append(draw("line", { class: "incident later", x1: scale.x(data.incident), x2: scale.x(data.incident), y1: 0, y2: high }));
  }
  // A ring at the contact; stretched over its days where the date is wide; of dashes until, or where, it is not sure.
  function ring(one, y, items, flat = R) {
    const [row, , possibly, sure] = one, entry = data.entries[row], agency = data.agencies[entry.agency];
    const low = Math.max(possibly, entry.drawn ? entry.drawn[0] : possibly), high = entry.drawn ? entry.drawn[1] : low;
    const a = scale.x(low / DAY), b = scale.x((high + 1) / DAY), middle = (a + b) / 2;
    if (b < scale.now.left || a > scale.now.width - scale.now.right) return null;
    const wide = b - a > 2 * R + 2, x = clip(a), to = clip(b);
    const node = draw("g", { class: "ring later", role: "button", tabindex: -1, "data-entry": row, "aria-label": `${agency.name}, ${entry.when}: ${entry.contact}, with no record of it` },
      draw("title", {}, `${entry.when}, ${agency.name} (${entry.ref}): ${entry.contact}. ${entry.text.slice(0, 160)}`),
      wide ? draw("rect", { class: "halo", x, y: y - flat, width: to - x, height: 2 * flat, rx: flat }) : draw("circle", { class: "halo", cx: middle, cy: y, r: R }),
      wide ? draw("rect", { class: "o", x, y: y - flat, width: to - x, height: 2 * flat, rx: flat }) : draw("circle", { class: "o", cx: middle, cy: y, r: R }));
    node.wide = wide;   // a stretched ring lies beneath the veil, so that its later days fade too
    items.push({ at: possibly, pass: (past) => { node.classList.toggle("later", !past); node.classList.toggle("maybe", past && sure !== possibly); } });
    if (sure !== null && sure > possibly) items.push({ at: sure, pass: (past) => node.classList.toggle("maybe", !past) });
    return node;
  }

  // The kind whose fact is followed has more room between its ribbons, for the words.
  const followed = (each) => state.fact !== null && state.pane === "fact" && data.facts[state.fact].kinds.includes(each.kind);

  function bands(each, section) {
    // On paper every kind has its own dates: a sheet may begin with any.
    const drop = printing ? 14 : 0, rows = each.bands.length + (each.unread.length ? 1 : 0), row = followed(each) ? WIDE : HIGH, high = rows * row + 2 + drop, edge = scale.now.width - scale.now.right;
    const svg = draw("svg", { width: scale.now.width, height: high, role: "group", "aria-label": `${each.title}: a ribbon for each agency` });
    ground(svg, high);
    const items = [], marks = draw("g", {}), labels = draw("g", {}), under = draw("g", {});
    svg.append(under);
    if (printing) dates(svg, 10);
    each.bands.forEach((band, i) => {
      const y = i * row + row / 2 + 1 + drop, agency = data.agencies[band.agency];
      const node = draw("g", { class: "ribbon", role: "button", tabindex: -1, "data-fact": band.fact, "data-agency": band.agency });
      node.append(draw("rect", { class: "hit", x: 0, y: y - row / 2, width: scale.now.width, height: row }));
      const name = draw("text", { x: scale.now.left - 8, y: y + 4, "text-anchor": "end", class: agency.state === "read" ? "" : "q" }, text.cut(agency.name, scale.now.left - 12));
      node.append(name);
      const [possibly, sure] = band.held, last = (data.incident ?? data.spans[1]) * DAY;
      const rect = (kind_, from, to, more = 0) => { const a = at(from), b = at(to); if (b > a) node.append(draw("rect", { class: kind_, x: a, y: y - THICK / 2 + more, width: b - a, height: THICK - 2 * more })); };
      if (band.empty) {
        const [empty, surely, until] = band.empty;
        if (until > empty) {
          if (band.silent) rect("hatched", empty, until);
          const from = surely === null ? until : Math.max(empty, surely);
          if (at(from) - at(empty) > 3) rect("empty maybe", empty, from, 0.5);
          if (from < until) rect("empty", from, until, 0.5);
        }
      }
      if (possibly !== null) {
        rect("possible", possibly, sure ?? Math.max(last, possibly));
        if (sure !== null) rect("sure", sure, Math.max(last, data.spans[1] * DAY));
      }
      under.append(node);
      const words = draw("text", { class: "beside", x: edge + 8, y: y + 4 });
      labels.append(words);
      section.bands.push({ band, node, words, y, said: null });
      section.rows.push([node]);
      for (const one of band.without) {
        const made = ring(one, y, items);
        if (made) { (made.wide ? under : marks).append(made); section.rows[section.rows.length - 1].push(made); }
      }
    });
    if (each.unread.length) {
      const y = each.bands.length * row + row / 2 + 1 + drop, from = Math.min(...each.bands.map((band) => band.held[0] ?? Infinity));
      const names = each.unread.map((agency) => `${data.agencies[agency].name} (${data.agencies[agency].note || "mostly unread"})`).join("; ");
      under.append(draw("text", { class: "q", x: scale.now.left - 8, y: y + 4, "text-anchor": "end" }, text.cut("No return, or unread", scale.now.left - 12)));
      if (at((data.incident ?? data.spans[1]) * DAY) > at(from)) under.append(draw("rect", { class: "hatched", x: at(from), y: y - THICK / 2, width: at((data.incident ?? data.spans[1]) * DAY) - at(from), height: THICK }));
      labels.append(draw("text", { class: "q", x: edge + 8, y: y + 4 }, text.cut(names, scale.now.right - 12), draw("title", {}, names)));
    }
    const line = cover(svg, section, high);
    ending(svg, high);
    journey(each, section, svg);
    svg.append(marks, labels, line);
    section.passed = passing(items);
    return svg;
  }

  // A folded kind in one row: the darker, the more agencies held it; and all its rings.
  function folded_(each, section) {
    const svg = draw("svg", { class: "small", width: scale.now.width, height: FOLDED - 2, "aria-hidden": "true" }), y = (FOLDED - 2) / 2;
    ground(svg, FOLDED - 2);
    const steps = each.bands.flatMap((band) => band.held.filter((moment) => moment !== null)).sort((one, other) => one - other);
    const last = Math.max(data.spans[1] * DAY, ...steps);
    steps.forEach((moment, i) => {
      const share = each.bands.reduce((sum, band) => sum + (band.held[1] !== null && band.held[1] <= moment ? 1 : band.held[0] !== null && band.held[0] <= moment ? 0.4 : 0), 0) / each.bands.length;
      const a = at(moment), b = at(steps[i + 1] ?? last);
      if (b > a) svg.append(draw("rect", { class: "sure", x: a, y: y - 3, width: b - a, height: 6, opacity: (0.12 + 0.88 * share).toFixed(2) }));
    });
    const items = [], marks = draw("g", {}), under = draw("g", {});
    svg.append(under);
    const line = cover(svg, section, FOLDED - 2);
    for (const band of each.bands) for (const one of band.without) {
      const made = ring(one, y, items, 2);
      if (made) { made.removeAttribute("role"); made.removeAttribute("tabindex"); (made.wide ? under : marks).append(made); }
    }
    svg.append(marks, line);
    section.passed = passing(items);
    return svg;
  }

  // The way of the fact that is followed, from ribbon to ribbon, with the words as sent and as received.
  function journey(each, section, svg) {
    if (!followed(each)) return;
    const level = (agency) => section.bands.find(({ band }) => band.agency === agency)?.y;
    const done = new Set(), taken = [], steps = data.facts[state.fact].held.flatMap((held_) => held_[5]);
    section.ways = [];
    for (const [from, to, row, heard, sure] of steps) {
      const a = level(from), b = level(to), entry = data.entries[row];
      if (a === undefined || b === undefined || !entry.drawn || done.has(`${from} ${to} ${row}`)) continue;
      done.add(`${from} ${to} ${row}`);
      const x = scale.x((entry.drawn[0] + entry.drawn[1]) / 2 / DAY), way = b > a ? 1 : -1;
      if (!inside(x)) continue;
      const sent = entry.agency === from ? entry.text : "", got = heard !== null && heard !== row ? data.entries[heard].text : entry.agency === to ? entry.text : "";
      const node = draw("g", { class: "way" }, draw("title", {}, [sent && `As sent: ${sent}`, got ? `As received: ${got}` : "No record of receiving it."].filter(Boolean).join("\n")),
        draw("path", { class: `ln journey${sure ? "" : " dashed"}`, d: `M${x} ${a}V${b - way * 5}M${x - 4} ${b - way * 9}L${x} ${b - way * 4}L${x + 4} ${b - way * 9}` }));
      const room = scale.now.width - scale.now.right - x - 14;
      // Words stand on the line where there is room, none over another; the whole of them are in the panel.
      for (const [words, y] of [[sent && `sent: ${sent}`, a + 3 + way * 11], [got && `received: ${got}`, b + 3 - way * 11]]) {
        if (!words || room < 80 || taken.some((other) => Math.abs(other - y) < 10)) continue;
        taken.push(y);
        node.append(draw("text", { class: "way", x: x + 8, y }, text.cut(words, Math.min(330, room), 10)));
      }
      section.ways.push([node, Math.max(entry.bounds[0] ?? -1, heard === null ? -1 : data.entries[heard].bounds[0] ?? -1)]);
      svg.append(node);
    }
  }

  // --- the day ----------------------------------------------------------------------------------------------------------------
  function onDay() {
    const until = endOfDay(), edge = scale.now.width - scale.now.right, whole = state.on >= data.spans[1];
    const x = whole ? edge : clip(scale.x(state.on + 1));
    for (const line of [axis?.line, ...sections.flatMap((section) => section.veils.map(([, each]) => each))]) {
      if (!line) continue;
      line.setAttribute("x1", x);
      line.setAttribute("x2", x);
      line.setAttribute("visibility", whole ? "hidden" : "visible");
    }
    if (axis) {
      const words = whole ? "" : `as of ${sayDay(state.on)}`, wide = text.width(words, 11, 700);
      axis.said.textContent = words;
      const from = x + wide + 10 < scale.now.width ? x + 5 : x - wide - 5;
      axis.said.setAttribute("x", from);
      axis.ground.setAttribute("x", from - 2);
      axis.ground.setAttribute("width", whole ? 0 : wide + 6);
    }
    for (const line of list_.querySelectorAll(".incident")) line.classList.toggle("later", data.incident * DAY > until);
    for (const section of sections) {
      for (const [veil] of section.veils) {
        veil.setAttribute("x", x);
        veil.setAttribute("width", Math.max(0, edge - x));
      }
      section.passed(until);
      for (const [node, moment] of section.ways || []) node.classList.toggle("later", moment > until);
      const known_ = begun(section.each, until), said = section.bands.length ? sentence(section.each, until) : short(section.each, until);
      if (section.said.textContent !== said) section.said.textContent = said;
      section.node.classList.toggle("afterday", !known_);
      for (const one of section.bands) {
        const [words, gap, fitting] = beside(section.each, one.band, until);
        if (one.said === words) continue;
        one.said = words;
        one.words.replaceChildren(text.cut(fitting, scale.now.right - 12), draw("title", {}, words));
        one.words.classList.toggle("gap", gap);
        one.node.setAttribute("aria-label", `${data.agencies[one.band.agency].name}: ${section.each.title}: ${words || "no record of it by then"}`);
      }
    }
  }
  // Beside a folded kind there is room for few words.
  function short(each, until) {
    if (!begun(each, until)) return `not recorded by ${sayDay(state.on)}`;
    const { surely, more, who } = times(each, until);
    if (!surely && !more) return "no contact without it was found";
    const forms = [`${count(who, "agency", "agencies")}, `, ""].map((agencies) => `${agencies}${surely ? `${often(surely)} without it${more ? `, possibly ${more} more` : ""}` : `possibly ${often(more)} without it`}`);
    return forms.find((form) => text.width(form, 11.5) < scale.now.right - 14) || forms[1];
  }

  // --- choosing, by mouse and by key ---------------------------------------------------------------------------------------------
  function act(node) {
    const ring_ = node.closest(".ring"), ribbon = node.closest(".ribbon");
    if (ring_) set({ chosen: +ring_.dataset.entry, pane: "entry", finding: null });
    else if (ribbon) set({ fact: +ribbon.dataset.fact, pane: "fact", chosen: null });
    else return false;
    return true;
  }
  root.addEventListener("click", (event) => act(event.target));
  const grid = () => sections.flatMap((section) => section.rows.map((row) => (Array.isArray(row) ? row : [row])));
  // One tab stop: the part that was reached last.
  function rove() {
    const rows = grid();
    if (!rows.length) return;
    const same = focus && rows.flat().find((node) => key(node) === focus);
    for (const node of rows.flat()) node.setAttribute("tabindex", -1);
    (same || rows[0][0]).setAttribute("tabindex", 0);
    pick();
  }
  const key = (node) => `${node.closest("section")?.getAttribute("aria-label")} ${node.dataset.agency ?? ""} ${node.dataset.entry ?? ""}`;
  // What was chosen elsewhere (a finding, an entry) is opened here and brought into view.
  function light() {
    const finding = state.finding === null ? null : data.findings[state.finding];
    const rows = finding ? new Set(finding.rows) : new Set(state.chosen === null ? [] : [state.chosen]);
    const some = data.ribbons.filter((each) => finding && each.title === finding.indicator && each.subject === finding.subject);
    const closed = some.filter((each) => !open.has(each));
    if (closed.length) { closed.forEach((each) => open.add(each)); layout(); }
    const at = some.length ? sections.find((section) => section.each === some[0])?.node : rows.size ? root.querySelector(`.kind.on .ring[data-entry="${[...rows][0]}"]`)?.closest("section") : null;
    if (at) at.scrollIntoView({ block: "nearest" });
  }
  function pick() {
    for (const node of root.querySelectorAll(".chosen")) node.classList.remove("chosen");
    if (state.finding !== null && data.findings[state.finding].kind === "missed-share") {
      const { rows, indicator } = data.findings[state.finding];
      for (const section of sections) if (section.each.title === indicator) for (const row of rows) for (const node of section.node.querySelectorAll(`.ring[data-entry="${row}"]`)) node.classList.add("chosen");
    }
    if (state.chosen !== null) for (const node of root.querySelectorAll(`.ring[data-entry="${state.chosen}"]`)) node.classList.add("chosen");
    if (state.pane === "fact" && state.fact !== null) for (const node of root.querySelectorAll(`.ribbon[data-fact="${state.fact}"]`)) node.classList.add("chosen");
  }
  root.addEventListener("keydown", (event) => {
    const rows = grid(), i = rows.findIndex((row) => row.includes(event.target));
    if (i < 0) return;
    const n = rows[i].indexOf(event.target);
    const to = { ArrowDown: rows[i + 1]?.[0], ArrowUp: rows[i - 1]?.[0], ArrowRight: rows[i][n + 1], ArrowLeft: rows[i][n - 1], Home: rows[0][0], End: rows[rows.length - 1][0] }[event.key];
    if (to) {
      event.target.setAttribute("tabindex", -1);
      to.setAttribute("tabindex", 0);
      focus = key(to);
      to.focus();
      to.scrollIntoView({ block: "nearest" });
    } else if ((event.key === "Enter" || event.key === " ") && !event.target.matches("button")) act(event.target);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });

  // --- the bar over them -----------------------------------------------------------------------------------------------------------
  const search = make("input", { type: "search", placeholder: "Find a kind or an agency", "aria-label": "Find a kind of information or an agency", oninput: () => set({ k: search.value }) });
  const all = (on) => () => { open = new Set(on ? data.ribbons : []); layout(); };
  const sample = (kind_, words) => make("span", { class: "key" }, draw("svg", { width: 26, height: 12, "aria-hidden": "true" }, kind_ === "ring" ? draw("g", { class: "ring" }, draw("circle", { class: "o", cx: 13, cy: 6, r: R })) : draw("rect", { class: kind_, x: 1, y: 1.5, width: 24, height: THICK })), words);
  const hatch = draw("svg", { width: 0, height: 0, class: "defs", "aria-hidden": "true" }, draw("defs", {}, draw("pattern", { id: "hatch", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)" }, draw("line", { class: "hatchline", x1: 0, x2: 0, y1: 0, y2: 5 }))));
  const list_ = make("div", { class: "kinds" });
  root.append(hatch, make("div", { class: "ribbonbar" }, make("h2", {}, "How far each piece of information travelled"),
    make("span", { class: "keys" }, sample("sure", "held"), sample("possible", "possibly"), sample("empty", "others held it, this one had no record"), sample("ring", "a contact without it"), sample("hatched", "unread"))), list_);
  when("k", () => { if (search.value !== state.k) search.value = state.k; });

  // On paper every kind is open, one after another, none torn apart.
  function print(size) {
    printing = size;
    layout();
  }
  const tools = [search, make("button", { type: "button", onclick: all(true) }, "Open all"), make("button", { type: "button", onclick: all(false) }, "Fold all")];
  return { tools, layout, onDay, pick, light, print, sentence, beside, times, all: () => sections, open: (kinds) => { open = new Set(data.ribbons.filter((each) => kinds.includes(each.kind))); layout(); } };
})();
