// What runs along all lanes: the axis, ages, life events, the person's own words, times not seen, plans in force.
const heading = (() => {
  const HIGH = 15, TOP = 22;
  let items = [], upto = [], move = () => {};
  // A part that is later until a moment, as everything on the page is.
  function dated(node, moment) {
    node.classList.add("later");
    node.dataset.since = moment;
    items.push({ at: moment, pass: (past) => node.classList.toggle("later", !past) });
    return node;
  }

  function rows() {
    const out = [];
    for (const each of data.tracks.ages) out.push({ kind: "age", name: data.tracks.ages.length > 1 ? `Age of ${each.subject}` : "Age", marks: each.marks });
    const stars = data.tracks.life.filter((at) => filters.keeps(at));
    if (stars.length) out.push({ kind: "life", name: "Life events", rows: stars });
    const said = data.said.filter((each) => filters.keeps(each.row));
    if (said.length) out.push({ kind: "said", name: "Recorded as said", rows: said.map((each) => each.row) });
    const sure = data.tracks.notSeen.filter((each, i, all) => each.sure || !all.some((other) => other.sure && other.subject === each.subject));
    for (const each of sure.slice(0, 4)) out.push({ kind: "band", name: each.sure ? "Longest not seen" : "No record of seen", spans: [each] });
    const tracks = [];
    for (const plan of data.tracks.plans) {
      let track = tracks.find((each) => each.end <= plan.from);
      if (!track) {
        track = { kind: "plan", name: tracks.length ? "" : "Plans in force", spans: [], end: 0 };
        tracks.push(track);
        out.push(track);
      }
      track.end = plan.to ?? Infinity;
      track.spans.push(plan);
    }
    return out.slice(0, 12);
  }
  const height = () => TOP + rows().length * HIGH;

  function draw_(head) {
    const { left, width } = scale.now, all = rows(), tall = TOP + all.length * HIGH;
    head.setAttribute("width", width);
    head.setAttribute("height", tall);
    head.setAttribute("viewBox", `0 0 ${width} ${tall}`);
    const strip = draw("g", {}), cover = draw("g", {});
    items = [];
    upto = [];
    let free = 0;
    for (const [at, words, strong] of scale.ticks()) {
      const x = scale.x(at), wide = text.width(words, 11, strong ? 700 : 400);
      if (x < left) continue;
      strip.append(draw("line", { class: `rule${strong ? " strong" : ""}`, x1: x, x2: x, y1: 4, y2: tall }));
      if (x + 3 + wide < width && x >= free) {
        strip.append(draw("text", { class: strong ? "b" : "q", x: x + 3, y: 14 }, words));
        free = x + wide + 8;
      }
    }
    all.forEach((row, i) => {
      const y = TOP + i * HIGH;
      ({ age: ages, life: events, said: events, band: spans, plan: spans })[row.kind](strip, row, y);
      cover.append(draw("text", { class: "q", x: 8, y: y + 11 }, text.cut(row.name, left - 14), draw("title", {}, row.name)));
    });
    head.replaceChildren(draw("rect", { class: "lane", width: "100%", height: tall }), strip, draw("rect", { class: "lane", x: 0, y: 0, width: left - 4, height: tall }), cover,
      draw("line", { class: "rule strong", x1: 0, x2: width, y1: tall - 0.5, y2: tall - 0.5 }));
    move = passing(items);
    pass(endOfDay());
  }

  function ages(strip, row, y) {
    const { left, width } = scale.now, each = scale.perDay(), finest = each * 30.4 > 50 ? 3 : each * 91 > 50 ? 2 : each * 182 > 46 ? 1 : 0;
    let free = 0;
    for (const [at, words, weight] of row.marks) {
      const x = scale.x(at), wide = text.width(words, 11, weight ? 400 : 700);
      if (weight > finest || x < left || x + 3 + wide > width || x < free) continue;
      strip.append(dated(draw("g", {}, draw("line", { class: "rule strong", x1: x, x2: x, y1: y + 2, y2: y + 12 }), draw("text", { class: weight ? "q" : "b", x: x + 3, y: y + 11 }, words)), at * DAY));
      free = x + wide + 8;
    }
  }

  // Every event has its mark, and its words as far as the next; the whole stands in its title.
  function events(strip, row, y) {
    const { left, width } = scale.now;
    const spots = row.rows.map((at) => [data.entries[at], row.kind === "life" ? data.entries[at].text : data.entries[at].said])
      .filter(([entry]) => entry.drawn).map(([entry, words]) => [scale.x((entry.drawn[0] + entry.drawn[1]) / 2 / DAY), words, entry.bounds[0] ?? -1])
      .filter(([x]) => x >= left && x <= width).sort((one, other) => one[0] - other[0]);
    spots.forEach(([x, words, moment], i) => {
      const next = spots[i + 1]?.[0] ?? width, title = draw("title", {}, words);
      const shown = next - x > 60 ? text.cut(words, next - x - 12) : "";
      strip.append(dated(draw("g", {}, draw("path", { class: "bandline", d: `M${x} ${y + 3}v9`, "stroke-width": row.kind === "said" ? 3 : 2 }),
        shown ? draw("text", { class: "q", x: x + 6, y: y + 11 }, shown) : null, title), moment));
    });
  }

  // The words of a band stand in it, or, where they do not fit, on the side of it where most is free. How long a time not
  // seen was to be is told only once it has ended; a plan in force once it began. What of a band lies beyond the day fades.
  function spans(strip, row, y) {
    const { left, width } = scale.now;
    const bands = row.spans.map((span) => [Math.max(left, scale.x(span.from)), Math.min(width, scale.x((span.to ?? data.incident ?? data.spans[1]) + 1)), span.label, span])
      .filter(([a, b]) => b > left && a < width);
    bands.forEach(([a, b, words, span], i) => {
      const to = span.to ?? data.incident ?? data.spans[1], told = (row.kind === "band" ? to + 1 : span.from) * DAY;
      const far = draw("rect", { class: `${row.kind} later`, x: a, y: y + 1, width: Math.max(1, b - a), height: 13 });
      const near = draw("rect", { class: row.kind, x: a, y: y + 1, width: 0, height: 13 });
      strip.append(far, near, dated(draw("rect", { class: "told", x: a, y: y + 1, width: Math.max(1, b - a), height: 13 }, draw("title", {}, words)), told));
      upto.push((day) => near.setAttribute("width", Math.max(0, Math.min(b, scale.x(day + 1)) - a)));
      // What is free between two bands is shared between the words of both.
      const before = i ? (a - bands[i - 1][1]) / 2 : a - left, after = i + 1 < bands.length ? (bands[i + 1][0] - b) / 2 : width - b;
      const wide = text.width(words), room = [b - a - 8, after - 8, before - 8];
      const side = wide <= room[0] ? 0 : room.findIndex((each) => each >= wide) > 0 ? room.findIndex((each) => each >= wide) : room.indexOf(Math.max(...room));
      const shown = room[side] > 24 ? text.cut(words, room[side]) : "";
      if (shown) strip.append(dated(draw("text", { x: [a + 4, b + 4, a - 4][side], y: y + 11, "text-anchor": side === 2 ? "end" : null }, shown, draw("title", {}, words)), told));
    });
  }
  function pass(moment) {
    move(moment);
    for (const each of upto) each(moment === Infinity ? data.spans[1] : state.on);
  }
  return { draw: draw_, height, pass };
})();
