// The two views without a picture: the table of facts, and the events along a true time axis.

import { dayNumber, facts, factWhen, kindOf, many, nodes, OTHER, statusOf, whenName, dayName, dayText } from "./data.js";
import { byId, button, make, shapeIcon } from "./dom.js";
import { changeBadges, markBadge, nodeButton } from "./facts.js";
import { shown } from "./filter.js";
import { choose, onChange, state } from "./state.js";
import { onTheme, tint } from "./theme.js";

const STEP = 200;
const table = byId("table");
const timeline = byId("timeline");

const endName = (fact) => (fact.o === null ? fact.v : nodes[fact.o].label);

const COLUMNS = [
  { name: "Subject", key: (fact) => nodes[fact.s].label },
  { name: "Relation", key: (fact) => fact.phrase },
  { name: "Object", key: endName },
  { name: "Status", key: (fact) => fact.status },
  { name: "Date", key: (fact) => (fact.days ? fact.days[0] : 1e9) },
  { name: "Confidence", key: (fact) => fact.confidence ?? -1 },
  { name: "Sources", key: (fact) => fact.sources },
  { name: "Quote", key: (fact) => fact.claims[0]?.quotes[0] ?? "" },
];
const sorting = { column: 4, down: false };

/** The facts shown, in the order of the table. */
export function tableFacts() {
  const { key } = COLUMNS[sorting.column];
  const turn = sorting.down ? -1 : 1;
  const compare = (a, b) => (typeof a === "number" ? a - b : a.localeCompare(b, "en"));
  return [...shown().facts].map((i) => facts[i]).sort((a, b) => turn * compare(key(a), key(b)) || a.i - b.i);
}

function tableRow(fact) {
  const cells = [
    nodeButton(fact.s),
    button(fact.phrase, () => choose({ fact: fact.i }), { class: "link strong", title: "Show the evidence" }),
    fact.o === null ? make("q", { dir: "auto" }, fact.v) : nodeButton(fact.o),
    [...changeBadges(fact), markBadge(fact.status, statusOf.get(fact.status).label)],
    factWhen(fact), fact.confidence === null ? "" : fact.confidence.toFixed(2), fact.sources || "",
    make("span", { dir: "auto" }, fact.claims[0]?.quotes[0] ?? ""),
  ];
  return make("tr", { role: "row" }, cells.map((cell, n) => make("td", { role: "cell", class: COLUMNS[n].name.toLowerCase(), "data-name": COLUMNS[n].name }, cell)));
}

function headCell({ name }, n) {
  const how = sorting.column === n ? (sorting.down ? "descending" : "ascending") : null;
  const sort = () => { Object.assign(sorting, { column: n, down: sorting.column === n && !sorting.down }); showTable(); };
  return make("th", { role: "columnheader", scope: "col", "aria-sort": how }, button(how ? `${name} ${sorting.down ? "↓" : "↑"}` : name, sort, { class: "quiet" }));
}

function showTable() {
  const list = tableFacts();
  const body = make("tbody", { role: "rowgroup" }, list.slice(0, STEP).map(tableRow));
  const more = button("", () => grow(), { class: "wide" });
  const tell = () => {
    const rest = list.length - body.rows.length;
    more.hidden = rest === 0;
    more.textContent = `Show ${Math.min(STEP, rest)} of ${many(rest, "more fact")}`;
  };
  const grow = () => { body.append(...list.slice(body.rows.length, body.rows.length + STEP).map(tableRow)); tell(); };
  tell();
  // The roles are said because the style, where there is little room, makes rows of it that are none of a table.
  table.replaceChildren(make("table", { role: "table" }, make("caption", {}, `${many(list.length, "fact")} shown of ${facts.length}`),
    make("thead", { role: "rowgroup" }, make("tr", { role: "row" }, COLUMNS.map(headCell))), body), more);
}

/** Years and months that divide the time between two days into a few parts. */
function marks(from, to) {
  const months = [1, 2, 3, 6, 12, 24, 60, 120].find((step) => (to - from) / (step * 30.4) <= 5) ?? 240;
  const found = [];
  for (let day = from; day <= to; day += 1) {
    const [year, month, number] = dayText(day).split("-").map(Number);
    if (number === 1 && (year * 12 + month - 1) % months === 0) found.push([day, months >= 12 ? String(year) : dayName(dayText(day)).slice(2)]);
  }
  return found;
}

function lane({ i, from, to }, share) {
  const node = nodes[i];
  const kind = kindOf.get(node.kind) ?? OTHER;
  const open = ["proposed", "planned", "postponed", "refused", "cancelled"].includes(node.status);
  const bar = make("span", { class: open ? "stretch open" : "stretch" });
  bar.style.left = `${share(from)}%`;
  bar.style.width = `max(10px, ${share(to) - share(from)}%)`;
  bar.style.setProperty("--tone", tint(kind));
  const words = [whenName(node.when, node.edtf), node.status].filter(Boolean).join(" · ");
  const chosen = state.chosen && state.chosen.node === i;
  return make("li", { class: chosen ? "lane chosen" : "lane" },
    button(make("span", { class: "lane-name" }, shapeIcon(kind.shape, tint(kind)), make("span", { dir: "auto" }, node.label), make("small", {}, words)),
      () => choose({ node: i }), { class: "lane-button" }), make("span", { class: "rail" }, bar));
}

function showTimeline() {
  const hubs = [...shown().nodes].filter((i) => nodes[i].role === "hub");
  const dated = hubs.map((i) => ({ i, from: dayNumber(nodes[i].when?.[0]), to: dayNumber(nodes[i].when?.[1]) }))
    .filter((row) => row.from !== null && row.to !== null).sort((a, b) => a.from - b.from || a.i - b.i);
  const known = new Set(dated.map((row) => row.i));
  const undated = hubs.filter((i) => !known.has(i));
  const from = Math.min(...dated.map((row) => row.from)) - 5;
  const to = Math.max(...dated.map((row) => row.to)) + 5;
  const share = (day) => ((day - from) / (to - from)) * 100;
  const ticks = dated.length ? marks(from, to).map(([day, name]) => {
    const tick = make("span", { class: "tick" }, name);
    tick.style.left = `${share(day)}%`;
    return tick;
  }) : [];
  timeline.replaceChildren(
    make("h2", {}, `${many(dated.length, "dated event")}`),
    dated.length ? make("div", { class: "lane head", "aria-hidden": "true" }, make("span"), make("span", { class: "rail" }, ticks)) : make("p", {}, "No event shown here has a date."),
    make("ol", { class: "lanes" }, dated.map((row) => lane(row, share))),
    undated.length ? make("h2", {}, many(undated.length, "undated event or stance", "undated events and stances")) : "",
    make("ul", { class: "list" }, undated.map((i) => make("li", {}, nodeButton(i), make("small", {}, ` ${nodes[i].status ?? ""}`)))));
}

function show() {
  table.hidden = state.view !== "table";
  timeline.hidden = state.view !== "timeline";
  if (!table.hidden) showTable();
  if (!timeline.hidden) showTimeline();
}

onChange((changes) => {
  const only = Object.keys(changes).every((name) => name === "chosen");
  if (!only || state.view === "timeline") show();
});
onTheme(show);
