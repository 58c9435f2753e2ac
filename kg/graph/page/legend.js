// The filters on the left, which are also the legend.

import { changes, dayName, docs, facts, kindOf, kinds, many, nodes, OTHER, relations, statuses } from "./data.js";
import { byId, button, lineIcon, make, shapeIcon } from "./dom.js";
import { docsOf, shown } from "./filter.js";
import { wanted } from "./lines.js";
import { change, filtered, onChange, pick, state, unfilter } from "./state.js";
import { onTheme, tint } from "./theme.js";

const place = byId("filters");

const allKinds = nodes.some((node) => !kindOf.has(node.kind)) ? [...kinds, OTHER] : kinds;

function tally(list, key) {
  const counts = new Map();
  for (const entry of list) counts.set(key(entry), (counts.get(key(entry)) ?? 0) + 1);
  return counts;
}

const GROUPS = [
  { name: "kinds", title: "Kinds", entries: allKinds, icon: (entry) => shapeIcon(entry.shape, tint(entry)),
    total: tally(nodes, (node) => node.kind),
    seen: () => tally([...shown().nodes], (i) => nodes[i].kind) },
  { name: "statuses", title: "How it is told", entries: statuses, icon: (entry) => lineIcon(entry, tint(entry)),
    total: tally(facts, (fact) => fact.status), seen: () => tally([...shown().facts], (i) => facts[i].status) },
  { name: "relations", title: "Relations", entries: relations, icon: () => null,
    total: tally(facts, (fact) => fact.p), seen: () => tally([...shown().facts], (i) => facts[i].p) },
];

const CHANGES = { name: "changes", title: "What has changed", entries: changes, icon: (entry) => lineIcon(entry, tint(entry)),
  total: tally(facts, (fact) => fact.change), seen: () => tally([...shown().facts], (i) => facts[i].change) };

const tellers = (list) => tally(list.flatMap((fact) => [...new Set(docsOf(fact))]), (doc) => docs[doc].id);
const SOURCES = { name: "docs", title: "Articles", icon: () => null, total: tellers(facts),
  entries: docs.map((doc, i) => ({ id: doc.id, label: doc.title, i, means: [doc.publisher, doc.date ? dayName(doc.date) : "undated"].filter(Boolean).join(" · ") })),
  seen: () => tellers([...shown().facts].map((i) => facts[i])) };

function set(name, ids) {
  change({ off: { ...state.off, [name]: new Set(ids) } });
}

function toggle(name, id, on) {
  const ids = new Set(state.off[name]);
  if (on) ids.delete(id);
  else ids.add(id);
  set(name, ids);
}

function row(group, entry, counts) {
  const total = group.total.get(entry.id) ?? 0;
  const seen = counts.get(entry.id) ?? 0;
  const box = make("input", { type: "checkbox", onchange: () => toggle(group.name, entry.id, box.checked) });
  box.checked = !state.off[group.name].has(entry.id);
  const words = entry.sign ? `${entry.label} ${entry.sign}` : entry.label;
  const others = group.entries.filter((other) => other.id !== entry.id).map((other) => other.id);
  const alone = state.off[group.name].size === others.length && box.checked && others.length > 0;
  return make("li", { title: entry.means, "data-id": entry.id },
    make("label", {}, box, group.icon(entry), make("span", { class: "words", dir: "auto" }, words, entry.i === undefined ? null : make("small", {}, entry.means))),
    button(alone ? "all" : "only", () => set(group.name, alone ? [] : others), { class: "only", "aria-label": alone ? "Show all again" : `Only ${entry.label}` }),
    make("span", { class: "count" }, seen === total ? `${total}` : `${seen}/${total}`));
}

function section(group) {
  const entries = group.entries.filter((entry) => group.total.get(entry.id));
  if (!entries.length) return null;
  const counts = group.seen();
  return make("section", { "data-group": group.name }, make("h2", {}, group.title), make("ul", {}, entries.map((entry) => row(group, entry, counts))));
}

const FEW = 8;
let allSources = false;

/** The articles, each with a switch: those with most facts first, the others one step away. */
function sources() {
  const list = SOURCES.entries.filter((entry) => SOURCES.total.get(entry.id))
    .sort((a, b) => SOURCES.total.get(b.id) - SOURCES.total.get(a.id) || a.i - b.i);
  if (!list.length) return null;
  const counts = SOURCES.seen();
  const off = list.filter((entry) => state.off.docs.has(entry.id)).length;
  const shut = !allSources && list.length > FEW + 2;
  const more = shut ? button(`Show ${many(list.length - FEW, "more article")}`, () => { allSources = true; show(); }, { class: "wide" }) : null;
  return make("section", { "data-group": "docs" }, make("h2", {}, SOURCES.title, off ? make("output", {}, `${list.length - off} of ${list.length} on`) : null),
    make("ul", {}, (shut ? list.slice(0, FEW) : list).map((entry) => row(SOURCES, entry, counts))), more);
}

/** The switch for actors that share nothing with another; with how many there are. */
function loners() {
  const { untied } = shown();
  if (state.view !== "actors" || (!untied && !state.untied)) return null;
  const box = make("input", { type: "checkbox", id: "untied", onchange: () => change({ untied: box.checked }) });
  box.checked = state.untied;
  const words = state.untied ? "actors without a tie" : `${many(untied, "actor")} without a tie`;
  return make("section", { class: "loners" }, make("label", {}, box, words));
}

function slider() {
  const words = make("output", {}, state.confidence.toFixed(2));
  const range = make("input", { type: "range", min: 0, max: 1, step: 0.05, id: "confidence", value: state.confidence,
    oninput: () => { words.textContent = Number(range.value).toFixed(2); change({ confidence: Number(range.value) }); } });
  return make("section", {}, make("h2", {}, make("label", { for: "confidence" }, "Confidence at least "), words), range);
}

const sure = slider();
const rated = !facts.length || facts.some((fact) => fact.confidence !== null);
let focusKey = null;

function show() {
  const active = document.activeElement;
  if (place.contains(active)) {
    const line = active.closest("[data-id]");
    focusKey = line && [line.closest("[data-group]").dataset.group, line.dataset.id, active.tagName];
  }
  const top = place.scrollTop;
  sure.querySelector("input").value = state.confidence;
  sure.querySelector("output").textContent = state.confidence.toFixed(2);
  const reset = filtered() || state.focus !== null ? button("Show everything again", unfilter, { class: "wide" }) : null;
  place.replaceChildren(...[reset, section(CHANGES), section(GROUPS[0]), loners(), section(GROUPS[1]), rated ? sure : null, sources(), section(GROUPS[2])].filter(Boolean));
  place.scrollTop = top;
  if (focusKey) {
    const [group, id, tag] = focusKey;
    const line = [...place.querySelectorAll(`[data-group="${group}"] [data-id]`)].find((one) => one.dataset.id === id);
    line?.querySelector(tag.toLowerCase())?.focus({ preventScroll: true });
    focusKey = null;
  }
}

/** Of a large picture: how many nodes and lines are drawn, and how many it leaves out. */
function drawn({ nodes: there, lines, all, allLines }) {
  const figure = (number) => number.toLocaleString("en");
  return [
    `${figure(there.size)} drawn, ${figure(all - there.size)} folded into them`,
    `${many(lines.length, "line")} drawn, ${figure(allLines - lines.length)} folded`,
  ];
}

/** The line under the title: what is shown of what there is, and why the rest is not. */
function count() {
  const open = shown();
  const what = state.view === "actors"
    ? [`${open.actors.size.toLocaleString("en")} of ${many(nodes.filter((node) => node.role === "actor").length, "actor")}`, many(open.ties.length, "tie")]
    : [`${open.nodes.size.toLocaleString("en")} of ${many(nodes.length, "thing")}`];
  if (state.view === "actors" && open.untied) what.push(`${open.untied} without a tie not drawn`);
  what.push(`${open.facts.size.toLocaleString("en")} of ${many(facts.length, "fact")}`);
  const picture = state.view === "actors" || state.view === "full" ? wanted() : null;
  if (picture?.folded.size) what.unshift(...drawn(picture));
  byId("counts").textContent = what.join(" · ");
  byId("counts").title = what.join(" · ");
  const empty = byId("empty");
  const none = state.view === "actors" ? open.actors.size === 0 : open.nodes.size === 0;
  empty.hidden = !none || state.view === "table" || state.view === "timeline";
  const views = state.view === "actors" && nodes.length ? "No actors to show here. The Full view may have more." : "Nothing passes the filters.";
  empty.textContent = nodes.length ? views : "This graph is empty: no article has been read into it yet.";
}

/** The note over the picture: what is asked for, or what is hidden and why. */
function note() {
  const notice = byId("notice");
  if (state.picking !== null) {
    notice.hidden = false;
    notice.replaceChildren(`Path from ${nodes[state.picking].label}: choose the other end, or find it by name `, button("Cancel", () => pick(null), { class: "link" }));
    return;
  }
  const why = [state.focus === null ? null : `only the neighbours of ${nodes[state.focus].label}`, filtered() ? "filters" : null].filter(Boolean);
  notice.hidden = !why.length;
  const hidden = facts.length - shown().facts.size;
  notice.replaceChildren(`${many(hidden, "fact")} hidden: ${why.join(", ")} `, button("Show all", unfilter, { class: "link" }));
}

onChange((changes) => {
  count();
  note();
  if (Object.keys(changes).some((name) => name !== "chosen")) show();
});
onTheme(show);
