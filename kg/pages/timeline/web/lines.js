// What runs between entries: tellings, information that did not arrive, chains of opportunities, the way of one fact.
const lines = (() => {
  const layer = draw("g", { "aria-hidden": "true" });
  let move = () => {};

  function bend(a, b) {
    const dx = b.x - a.x, dy = b.y - a.y;
    const out = Math.abs(dx) < 26 ? 16 + Math.abs(dy) * 0.04 : Math.min(60, Math.abs(dx) * 0.35);
    const side = dx < 0 ? -1 : 1;
    return `M${a.x.toFixed(1)} ${a.y.toFixed(1)}C${(a.x + out * side).toFixed(1)} ${(a.y + dy * 0.25).toFixed(1)} ` +
      `${(b.x - (Math.abs(dx) < 26 ? -out : out * side)).toFixed(1)} ${(b.y - dy * 0.25).toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
  }
  // An arrow's head, or an open circle where nobody knows whether it arrived.
  function tip(at, from, kind, arrived) {
    if (!arrived) return draw("circle", { class: `ln tip ${kind}`, cx: at.x, cy: at.y, r: 3 });
    const up = at.y < from.y ? 1 : -1;
    return draw("path", { class: `ln tip ${kind}`, d: `M${at.x - 3.5} ${at.y + 5.5 * up}L${at.x} ${at.y}L${at.x + 3.5} ${at.y + 5.5 * up}` });
  }
  // Lines end at the edge of a mark, not on it.
  function short(from, to, by) {
    const dy = Math.sign(from.y - to.y);
    return { x: to.x, y: to.y + dy * by };
  }

  function build(place, r) {
    layer.replaceChildren();
    const items = [];
    // A line is later until what it joins can have been, and possibly so until it surely was.
    const add = (node, moment, sure) => {
      layer.append(node);
      node.dataset.since = moment ?? -1;
      items.push({ at: moment === null ? -1 : moment, pass: (past) => { node.classList.toggle("later", !past); node.classList.toggle("possibly", past && sure > moment); } });
      if (sure > moment) items.push({ at: sure, pass: (past) => node.classList.toggle("possibly", !past) });
      node.classList.add("later");
    };
    const last = (at) => data.entries[at].bounds[1] ?? start(at) ?? -1;
    const start = (at) => data.entries[at].bounds[0] ?? data.entries[at].bounds[1];
    const shown = (at) => filters.keeps(at);
    const holder = (agency, row, since) => {
      if (data.entries[row].agency === agency || state.by !== "agency") return place.entry(row);
      return since === null ? place.entry(row) : place.agency(agency, scale.x(since / DAY));
    };

    if (state.fact !== null && state.pane === "fact") {
      const fact = data.facts[state.fact], done = new Set();
      for (const [, , , , , steps] of fact.held) {
        for (const [from, to, row, heard, sure] of steps) {
          if (done.has(`${from} ${to} ${row}`)) continue;
          done.add(`${from} ${to} ${row}`);
          telling({ from, to, row, heard, own: data.entries[row].agency === from, at: null }, `journey${sure ? "" : " dashed"}`, sure);
        }
      }
      for (const [agency, , finding, contacts, held, moments] of data.without) {
        const own = held.filter(([number]) => number === state.fact);
        for (const [, from, row] of own.slice(0, 1)) missed(from, row, null, agency, contacts, data.findings[finding].channel, moments[0][0]);
      }
    } else {
      if (state.shares) for (const share of data.shares) if (shown(share.row)) telling(share, `share${state.chosen !== null && (share.row === state.chosen || share.heard === state.chosen) ? " mine" : ""}${share.arrived ? "" : " dashed"}`, share.arrived);
      if (state.lines !== "none") {
        for (const group of data.gravest) {
          const chosen = state.finding !== null && group.findings.includes(state.finding);
          const touched = state.chosen !== null && (group.row === state.chosen || group.contacts.includes(state.chosen));
          const picked = state.finding !== null ? chosen : touched;
          const none = state.finding === null && state.chosen === null;
          if (state.lines === "all" || (state.lines === "gravest" && none ? group.first : picked)) {
            missed(group.from, group.row, group.since, group.to, group.contacts, group.channel);
          }
        }
      }
      chain();
    }
    move = passing(items);
    move(endOfDay());
    return layer;

    function telling(share, kind, arrived) {
      const row = place.entry(share.row), heard = share.heard === null ? null : place.entry(share.heard);
      let a = row, b = heard;
      if (!share.own) { b = row; a = row && place.agency(share.from, row.x - 10); }
      else if (!heard || share.heard === share.row) b = row && place.agency(share.to, row.x + 10);
      if (!a || !b || (a.x === b.x && a.y === b.y)) return;
      const end = short(a, b, r + 1.5), begin = short(b, a, r + 1);
      const moment = Math.max(start(share.row) ?? -1, share.heard === null ? -1 : start(share.heard) ?? -1);
      const surely = Math.max(last(share.row), share.heard === null ? -1 : last(share.heard));
      add(draw("path", { class: `ln ${kind}`, d: bend(begin, end) }), moment, surely);
      add(tip(end, begin, kind.replace("dashed", ""), arrived), moment, surely);
    }
    function missed(from, row, since, to, contacts, channel, begun = since) {
      const places = contacts.filter(shown).map((at) => [at, place.entry(at)]).filter(([, spot]) => spot);
      const a = holder(from, row, since);
      if (!a || !places.length) return;
      const [first, b] = places[0], end = short(a, b, r + 3);
      const moment = (at) => Math.max(start(at) ?? -1, begun ?? -1);
      add(draw("path", { class: `ln missed ${channel}`, d: bend(short(b, a, r + 1), end) }), moment(first), last(first));
      add(draw("path", { class: "ln missed tip", d: `M${end.x - 3} ${end.y - 3}l6 6m0 -6l-6 6` }), moment(first), last(first));
      for (let i = 1; i < places.length; i++) {
        const [at, spot] = places[i], before = places[i - 1][1], drop = r + 4;
        add(draw("path", { class: `ln missed ${channel}`, d: `M${before.x} ${before.y + drop}L${spot.x} ${spot.y + drop}` }), moment(at), last(at));
      }
    }
    function chain() {
      let best = null;
      const chosen = state.finding !== null ? data.findings[state.finding] : null;
      if (chosen && chosen.chain) best = chosen;
      else if (state.chosen !== null) {
        best = data.entries[state.chosen].findings.map((at) => data.findings[at]).find((each) => each.kind === "missed-opportunity" && each.chain.length > 1) || null;
      } else if (state.lines !== "none") {
        for (const each of data.findings) {
          if (each.kind === "missed-opportunity" && each.status !== "dismissed" && each.chain.length > (best ? best.chain.length : 1)) best = each;
        }
      }
      if (!best) return;
      const places = best.chain.map((at) => [at, place.entry(at)]).filter(([at, spot]) => spot && shown(at));
      for (let i = 1; i < places.length; i++) {
        const [at, b] = places[i], a = places[i - 1][1];
        const there = data.findings.find((each) => each.chainKey === best.chainKey && each.rows[0] === at) || best;
        add(draw("path", { class: "ln chain", d: bend(a, b) }), there.since ?? Infinity, last(at));
      }
    }
  }
  return { build, pass: (moment) => move(moment) };
})();
