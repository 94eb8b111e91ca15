"use strict";
// Small pieces that every part of the page uses. Text from the review only ever becomes text, never markup.

// What came by columns, each repeated value once, as rows again: what kg.pages.columns says of it.
function rowsOf(part) {
  if (Array.isArray(part)) return part;
  if (part.d) { const values = rowsOf(part.d); return part.i.map((at) => values[at]); }
  if (part.n) { const values = rowsOf(part.v); let at = 0; return part.n.map((long) => values.slice(at, at += long)); }
  if (part.s) { const groups = part.s.map(rowsOf), next = groups.map(() => 0); return part.i.map((which) => groups[which][next[which]++]); }
  const columns = (part.t || part.c).map(rowsOf);
  return Array.from({ length: part.m }, (_, at) => part.t ? columns.map((column) => column[at]) : Object.fromEntries(part.k.map((key, i) => [key, columns[i][at]])));
}

const data = (({ plain, columns }) => ({ ...plain, ...Object.fromEntries(Object.entries(columns).map(([key, part]) => [key, rowsOf(part)])) }))(JSON.parse(document.getElementById("data").textContent));
const DAY = 1440;

function make(name, attributes, ...children) {
  const node = document.createElement(name);
  fill(node, attributes, children);
  return node;
}

function draw(name, attributes, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name);
  fill(node, attributes, children);
  return node;
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
}

function count(number, one, many) {
  return `${number.toLocaleString("en-GB")} ${number === 1 ? one : many || one + "s"}`;
}

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
  "November", "December"];

// Days are counted as the program counts them: day 1 is 1 January of the year 1.
function dateOf(day) {
  const date = new Date(Date.UTC(2000, 0, 1));
  date.setUTCDate(date.getUTCDate() + Math.floor(day) - 730120);
  return date;
}

function dayOf(year, month, day) {
  return Math.round(Date.UTC(year, month, day) / 864e5) + 719163;
}

function sayDay(day) {
  const date = dateOf(day);
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

function isoDay(day) {
  return dateOf(day).toISOString().slice(0, 10);
}

function sayMoment(moment) {
  return moment === null || moment < 0 ? "a day that is not known" : sayDay(moment / DAY);
}

// One place for what is shown; parts are told when something of theirs changes.
const state = {
  by: data.by, view: [data.spans[2], data.spans[3]], on: data.spans[1], chosen: null, cell: null, fact: null, step: null,
  finding: null, q: "", filters: {}, k: "", lines: "gravest", shares: true, main: data.by === "agency" ? "ribbons" : "drawing", pane: "held", paper: "a3",
};
const listeners = [];

function when(keys, act) {
  listeners.push([keys.split(" "), act]);
}

let waiting = null;
function set(changes) {
  const changed = Object.keys(changes).filter((key) => state[key] !== changes[key]);
  if (!changed.length) return;
  Object.assign(state, changes);
  if (waiting) { changed.forEach((key) => waiting.add(key)); return; }
  waiting = new Set(changed);
  requestAnimationFrame(settle);
}

// Whatever changed within one frame is shown at once.
function settle() {
  const keys = waiting;
  waiting = null;
  if (!keys) return;
  for (const [wanted, act] of listeners) if (wanted.some((key) => keys.has(key))) act(keys);
}

// Things that come to pass one after another: moving in time touches only what lies between.
function passing(items) {
  const sorted = items.slice().sort((one, other) => one.at - other.at);
  let passed = 0;
  return (moment) => {
    while (passed < sorted.length && sorted[passed].at <= moment) sorted[passed++].pass(true);
    while (passed > 0 && sorted[passed - 1].at > moment) sorted[--passed].pass(false);
  };
}

function endOfDay() {
  return state.on >= data.spans[1] ? Infinity : state.on * DAY + DAY - 1;
}

// Whether an entry, or all that a finding rests on, was by the end of the day shown; what has no date is never later.
const started = (at) => (data.entries[at].bounds[0] ?? -1) <= endOfDay();
const known = (finding) => (data.findings[finding].since ?? Infinity) <= endOfDay();

// Parts of which some are later than the day shown: those come folded, behind the others.
function folded(items, part) {
  const now = items.filter(([, past]) => past), after = items.filter(([, past]) => !past);
  return [now.map(([item]) => part(item)), after.length ? make("details", { class: "afterday" }, make("summary", {}, `Later in the record (${after.length})`), after.map(([item]) => part(item))) : null];
}

// Words that act like a button but flow like words.
function link(words, act, title, row) {
  return make("a", { class: "link", role: "button", href: "#", title, "data-row": row, onclick: (event) => { event.preventDefault(); act(); },
    onkeydown: (event) => { if (event.key === " ") { event.preventDefault(); act(); } } }, words);
}

function entryLink(index, words) {
  const entry = data.entries[index];
  return link(words || `${entry.when} (${data.agencies[entry.agency].name}, ${entry.ref})`, () => set({ chosen: index, pane: "entry" }), null, index);
}
