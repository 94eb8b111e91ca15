"use strict";
// Who told whom as a table: those who told down the side, those who were told across the top. It is one stop of the tab key;
// arrow keys, Home and End go from cell to cell, Enter chooses. What it shows is asked of the page: nothing is counted twice.
const tellingMatrix = (place, { agencies, lines, make, count, silent, choose, lit, chosen, shown, sayOn }) => {
  const cells = [], find = (kind, from, to) => lines.find((line) => line.kind === kind && line.from === from.id && line.to === to.id);
  const heading = (agency, scope) => make("th", { scope, tabindex: -1, "data-choose": agency.id, title: agency.drawn }, make("span", { dir: "auto" }, agency.drawn.replace(" · ", "\u00a0·\u00a0")));
  const cell = (key) => make("td", { role: "gridcell", tabindex: -1, "data-choose": key });
  const across = agencies.map((agency) => heading(agency, "col"));
  const corner = make("th", { scope: "col", tabindex: -1 }, make("span", {}, "told ↓\u2003was told →"));
  const table = make("table", { role: "grid", "aria-label": "Who told whom: those who told down, those who were told across" });
  const row = (...children) => make("tr", { role: "row" }, children);
  cells.push([corner, ...across, make("th", { scope: "col", tabindex: -1 }, make("span", {}, "told in all"))]);
  for (const from of agencies) cells.push([heading(from, "row"), ...agencies.map((to) => cell(from === to ? null : `pair ${from.id} ${to.id}`)), cell(from.id)]);
  cells.push([make("th", { scope: "row", tabindex: -1 }, make("span", {}, "was told in all")), ...agencies.map((to) => cell(to.id)), cell(null)]);
  for (const [at, each] of cells.entries()) for (const [side, one] of each.entries()) {
    if (one.localName === "th") one.setAttribute("role", at === 0 ? "columnheader" : "rowheader");
    one.dataset.at = `${at} ${side}`;
  }
  table.append(make("thead", { role: "rowgroup" }, row(...cells[0])), make("tbody", { role: "rowgroup" }, cells.slice(1).map((each) => row(...each))));
  const pairs = agencies.flatMap((from, i) => agencies.map((to, j) => ({ from, to, cell: cells[i + 1][j + 1], told: find("told", from, to), missed: find("missed", from, to) }))).filter(({ from, to }) => from !== to);
  agencies.forEach((_, at) => cells[at + 1][at + 1].classList.add("self"));
  place.append(table);

  let here = [1, 1];
  function stand(row, side, focus) {
    const at = [Math.max(0, Math.min(cells.length - 1, row)), Math.max(0, Math.min(cells[0].length - 1, side))];
    cells[here[0]][here[1]].tabIndex = -1;
    here = at;
    const one = cells[at[0]][at[1]];
    one.tabIndex = 0;
    if (focus) one.focus();
  }
  if (agencies.length) stand(1, 1, false);
  const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  table.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const step = STEPS[event.key];
    if (step) stand(here[0] + step[0], here[1] + step[1], true);
    else if (event.key === "Home") stand(here[0], 0, true);
    else if (event.key === "End") stand(here[0], cells[0].length - 1, true);
    else if (event.key === "Enter" || event.key === " ") pick(event.target);
    else return;
    event.preventDefault();
  });
  table.addEventListener("click", (event) => pick(event.target));
  function pick(target) {
    const one = target.closest("[data-at]");
    if (!one) return;
    stand(...one.dataset.at.split(" ").map(Number), true);
    const key = one.dataset.choose;
    if (key) choose(key === chosen() ? null : key);
  }

  const number = (line) => (line ? shown(line) : { items: [], sure: 0, heard: 0 });
  const look = (of, sort) => [sort, of.sure ? "" : "maybe", sort === "t" && !of.heard ? "unheard" : ""].join(" ").trim();
  function total(one, words, sum) {
    one.textContent = String(sum);
    one.setAttribute("aria-label", `${words}: ${sum ? count(sum, "telling") : "no record"}`);
  }
  // Every cell, as of the day and the filters of the page.
  function draw() {
    const quiet = new Set(silent().map((agency) => agency.id)), sums = new Map(), ups = new Map(), on = chosen();
    for (const { from, to, cell: one, told, missed } of pairs) {
      const said = number(told), lost = number(missed), shows = said.items.length + lost.items.length > 0;
      const light = on !== null && shows && [told, missed].some((line) => line && lit(line));
      sums.set(from.id, (sums.get(from.id) || 0) + said.items.length);
      ups.set(to.id, (ups.get(to.id) || 0) + said.items.length);
      one.replaceChildren(...[said.items.length && make("b", { class: look(said, "t") }, String(said.items.length)), lost.items.length && make("b", { class: look(lost, "m") }, String(lost.items.length))].filter(Boolean));
      one.className = on === null ? "" : light || on === one.dataset.choose ? "lit" : "aside";
      one.setAttribute("aria-selected", String(on === one.dataset.choose));
      one.setAttribute("aria-label", `${from.drawn} to ${to.drawn}, by ${sayOn()}: ${said.items.length ? `told, ${count(said.items.length, "telling")}${said.heard ? "" : ", no record of receipt"}` : "no record of telling"}`
        + (lost.items.length ? `; ${count(lost.items.length, "kind")} of information did not arrive and could have come this way` : ""));
    }
    agencies.forEach((agency, at) => {
      total(cells[at + 1].at(-1), `${agency.drawn} told others, by ${sayOn()}`, sums.get(agency.id) || 0);
      total(cells.at(-1)[at + 1], `${agency.drawn} was told, by ${sayOn()}`, ups.get(agency.id) || 0);
      for (const one of [cells[at + 1][0], cells[0][at + 1]]) {
        one.classList.toggle("gapped", quiet.has(agency.id));
        one.classList.toggle("lit", on === agency.id);
        one.setAttribute("aria-label", agency.drawn + (quiet.has(agency.id) ? `: no record, by ${sayOn()}, of telling another agency or being told` : ""));
      }
    });
    total(cells.at(-1).at(-1), `All tellings by ${sayOn()}`, [...sums.values()].reduce((one, other) => one + other, 0));
  }
  return { draw, show: (key) => (cells.flat().find((one) => one.dataset.choose === key) || null)?.scrollIntoView({ block: "nearest", inline: "nearest" }) };
};
