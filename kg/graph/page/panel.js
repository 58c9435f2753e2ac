// The panel on the right: what is chosen, with its facts; or where to start.

import { changes, data, docs, facts, factsOf, hubs, kindOf, many, nodes, OTHER, relations, statusOf, dayName, whenName } from "./data.js";
import { copy } from "./cite.js";
import { byId, button, make, shapeIcon, siteLink, webLink } from "./dom.js";
import { cards, factButton, markBadge, nodeButton } from "./facts.js";
import { shown } from "./filter.js";
import { wanted } from "./lines.js";
import { chosenPath } from "./path.js";
import { change, choose, focusOn, onChange, pick, state, steps, undo, unfold } from "./state.js";
import { onTheme, tint } from "./theme.js";

const panel = byId("panel");
const orderOf = new Map(relations.map((relation, n) => [relation.id, n]));

function heading(kind, words, icon) {
  return [make("p", { class: "eyebrow" }, icon, kind), make("h2", { dir: "auto" }, words)];
}

/** Facts about a node: the firm and dated ones first, what the filters hide only counted. */
function factList(list) {
  const open = shown().facts;
  const seen = list.filter((i) => open.has(i)).sort((a, b) => {
    const [one, other] = [facts[a], facts[b]];
    const place = (fact) => (fact.status === "background" ? 2 : fact.o === null ? 1 : 0);
    const order = (fact) => orderOf.get(fact.p);
    return place(one) - place(other) || (other.days ?? [-1e9])[0] - (one.days ?? [-1e9])[0] || order(one) - order(other) || a - b;
  });
  const hidden = list.length - seen.length;
  return [
    make("h3", {}, many(seen.length, "fact")),
    hidden ? make("p", { class: "small" }, `${many(hidden, "more fact")} hidden by the filters`) : null,
    cards(seen),
  ];
}

/** What is folded into a node of a large picture, and the way to see it. */
function foldedInto(i) {
  const { folded, foldedLines } = wanted();
  const inside = folded.get(i) ?? [];
  if (state.opened.has(i)) return [make("p", { class: "actions" }, button("Fold its neighbours again", () => unfold(i)))];
  if (!inside.length) return [];
  return [
    make("h3", {}, `${many(inside.length, "thing")} folded into it`),
    make("p", { class: "small" }, `with ${many(foldedLines.get(i) ?? 0, "line")} that the picture leaves out`),
    make("p", { class: "actions" }, button("Open them in the picture", () => unfold(i))),
    listed(inside.map((j) => make("li", {}, nodeButton(j)))),
  ];
}

function aboutNode(i) {
  const node = nodes[i];
  const kind = kindOf.get(node.kind) ?? OTHER;
  const status = node.status ? [make("span", { class: "badge plain" }, node.status)] : [];
  const when = node.edtf || node.when ? whenName(node.when, node.edtf) : null;
  const spoke = facts.filter((fact) => fact.claims.some((claim) => claim.by.includes(i))).map((fact) => fact.i);
  return [
    ...heading(node.type, node.label, shapeIcon(kind.shape, tint(kind))),
    status.length || when ? make("p", { class: "meta" }, ...status, when) : null,
    node.changes?.length ? make("p", { class: "meta" }, node.changes.map((words) => make("span", { class: "badge change" }, `Δ ${words}`))) : null,
    node.aliases.length ? make("p", { class: "small", dir: "auto" }, `also ${node.aliases.map((name) => `“${name}”`).join(", ")}`) : null,
    make("p", { class: "actions" },
      button(state.focus === i ? "Show everything" : "Only neighbours", () => (state.focus === i ? change({ focus: null }, { undoable: true }) : focusOn(i))),
      button("Path to …", () => { pick(i); byId("search").focus(); }, { title: "The shortest way to another (p)" }),
      button("Copy IRI", () => copy(node.iri, "IRI")),
      siteLink(node.page, "Its page"),
      node.qid ? webLink(`https://www.wikidata.org/wiki/${node.qid}`, `Wikidata ${node.qid}`) : null),
    ...foldedInto(i),
    ...factList(factsOf[i].map((fact) => fact.i)),
    ...(spoke.length ? [make("h3", {}, `Said by ${node.label}`), cards(spoke.filter((j) => shown().facts.has(j)))] : []),
  ];
}

function aboutFact(i) {
  const fact = facts[i];
  const others = factsOf[fact.s].filter((one) => one.i !== i && one.o === fact.o && fact.o !== null).map((one) => one.i);
  return [
    ...heading("Fact", `${nodes[fact.s].label} ${fact.phrase} ${fact.o === null ? fact.v : nodes[fact.o].label}`),
    cards([i]),
    ...(others.length ? [make("h3", {}, "Between the same two"), cards(others)] : []),
  ];
}

function viaBlock({ hub, facts: chain }, open) {
  const node = nodes[hub];
  return make("details", { class: "via", open },
    make("summary", { dir: "auto" }, node.label, " ",
      make("span", { class: "small" }, [node.status, whenName(node.when, node.edtf)].filter(Boolean).join(" · "))),
    button("All facts about it", () => choose({ node: hub }), { class: "link" }), cards(chain));
}

function aboutTie(ends) {
  const tie = shown().ties.find((one) => one.ends.join() === ends.join());
  const [a, b] = ends;
  const head = heading("Tie", `${nodes[a].label} – ${nodes[b].label}`);
  if (!tie) return [...head, make("p", {}, "The filters hide everything that these two share.")];
  const via = [...tie.via].sort((x, y) => ((nodes[y.hub].when ?? [""])[0] > (nodes[x.hub].when ?? [""])[0] ? 1 : -1));
  return [
    ...head, make("p", { class: "meta" }, nodeButton(a), nodeButton(b)),
    tie.direct.length ? make("h3", {}, "Between the two") : null, tie.direct.length ? cards(tie.direct) : null,
    via.length ? make("h3", {}, `${many(via.length, "thing")} both have a part in`) : null,
    ...via.map((one, n) => viaBlock(one, n === 0)),
  ];
}

/** One step of a path: what ties the two, each fact with its quote. */
function stepBlock(path, a, b) {
  const { tie, facts: between } = path.link(a, b);
  const head = make("h3", { class: "step", dir: "auto" }, nodeButton(a), " – ", nodeButton(b));
  if (!tie) return [head, cards(between)];
  return [head, tie.direct.length ? cards(tie.direct) : null, ...tie.via.map((one, n) => viaBlock(one, n === 0 && !tie.direct.length))];
}

function pathBlock(path, way, n) {
  const fill = () => way.slice(1).flatMap((end, i) => stepBlock(path, way[i], end));
  const block = make("details", { class: "via", open: n === 0 }, make("summary", { dir: "auto" }, way.map((i) => nodes[i].label).join(" – ")));
  if (n === 0) block.append(...fill().filter(Boolean));
  else block.addEventListener("toggle", () => block.append(...fill().filter(Boolean)), { once: true });
  return block;
}

function aboutPath([a, b]) {
  const path = chosenPath();
  const head = [...heading("Path", `${nodes[a].label} – ${nodes[b].label}`),
    make("p", { class: "actions" }, button("Turn round", () => choose({ path: [b, a] })), button("Another end …", () => { pick(a); byId("search").focus(); }))];
  if (!path) return [...head, make("p", {}, "Nothing that is shown leads from the one to the other.")];
  const rest = path.count - path.list.length;
  return [
    ...head, make("p", { class: "meta" }, `${many(path.steps, "step")} over ${path.over} · ${many(path.count, "shortest path")}`),
    ...path.list.map((way, n) => pathBlock(path, way, n)),
    rest > 0 ? make("p", { class: "small" }, `and ${many(rest, "more path")} as short, all of them marked in the picture`) : null,
  ];
}

/** What nobody else tells, and on what this article is against others. */
function alone(i) {
  const list = factsIn(i);
  const only = list.filter((j) => facts[j].claims.every((claim) => claim.doc === i));
  const against = list.filter((j) => facts[j].claims.some((claim) => claim.doc === i && claim.against.length));
  const part = (words, chosen) => (chosen.length ? make("details", {}, make("summary", {}, `${words}: ${many(chosen.length, "fact")}`), listed(chosen.map((j) => make("li", {}, factButton(j))))) : null);
  return [part("Only this article says", only), part("With another source", list.filter((j) => !only.includes(j))), part("≠ Contested", against)];
}

/** Switch an article off or on, or all others off. */
function switches(i) {
  const { off } = state;
  const others = docs.map((doc) => doc.id).filter((id) => id !== docs[i].id);
  const only = off.docs.size === others.length && !off.docs.has(docs[i].id) && others.length > 0;
  const turn = (ids) => change({ off: { ...off, docs: new Set(ids) } });
  return [
    button(off.docs.has(docs[i].id) ? "Switch it on" : "Switch it off", () => turn(off.docs.has(docs[i].id) ? [...off.docs].filter((id) => id !== docs[i].id) : [...off.docs, docs[i].id])),
    button(only ? "All articles" : "Only this article", () => turn(only ? [] : others)),
  ];
}

const factsIn = (doc) => facts.filter((fact) => fact.claims.some((claim) => claim.doc === doc)).map((fact) => fact.i);

function aboutDoc(i) {
  const { title, publisher, date, url, id, page } = docs[i];
  return [
    ...heading("Article", title),
    make("p", { class: "meta" }, [publisher, date ? dayName(date) : "undated"].filter(Boolean).join(" · ")),
    make("p", { class: "actions" }, siteLink(page, "Its page"), url ? webLink(url, "Read it") : null, ...switches(i), button("Copy id", () => copy(id, "Article id"))),
    ...alone(i), ...factList(factsIn(i)),
  ];
}

/** Pairs of facts that cannot both hold, each once, among those shown. */
function contested() {
  const open = shown().facts;
  const pairs = new Set();
  for (const fact of facts) {
    for (const other of fact.claims.flatMap((claim) => claim.against)) {
      if (open.has(fact.i) && open.has(other) && other !== fact.i) pairs.add([fact.i, other].sort((a, b) => a - b).join());
    }
  }
  return [...pairs].map((pair) => pair.split(",").map(Number));
}

function busiest() {
  const open = shown();
  const hubsOf = new Map();
  for (const { hub, parts } of hubs) if (open.nodes.has(hub)) for (const [actor] of parts) hubsOf.set(actor, (hubsOf.get(actor) ?? 0) + 1);
  return [...open.actors].filter((i) => hubsOf.get(i)).sort((a, b) => hubsOf.get(b) - hubsOf.get(a) || a - b)
    .slice(0, 8).map((i) => [i, hubsOf.get(i)]);
}

function listed(rows, { step = 12 } = {}) {
  const list = make("ul", { class: "list" }, rows.slice(0, step));
  if (rows.length <= step) return list;
  const next = button(`Show ${rows.length - step} more`, () => { list.append(...rows.slice(step)); next.remove(); }, { class: "wide" });
  return make("div", {}, list, next);
}

const sourced = facts.some((fact) => fact.claims.length);

function welcome() {
  return [...heading("Start here", "Who met whom, and who says so"),
    make("p", {}, "Choose a name or a line: every fact comes with the sentence it was read from, its article and how firmly it is told. A line is what sources report, not what is true.")];
}

function bareWelcome() {
  return [...heading("Start here", "Plain facts, without their sources"),
    make("p", {}, "Choose a name or a line to see its facts. This graph holds no claims, so no sentence and no article can be shown for them.")];
}

/** What two graphs tell differently: counts, and the facts of each kind. */
function changed() {
  if (!changes.length) return [];
  const open = shown().facts;
  const listOf = (kind) => facts.filter((fact) => fact.change === kind && open.has(fact.i));
  const { added, removed, edited } = data.articles;
  const things = nodes.map((node, i) => [node, i]).filter(([node]) => node.changes.length);
  return [
    make("h3", {}, data.compared),
    make("p", { class: "small" }, `${many(added, "article")} added, ${removed} removed, ${edited} edited`),
    ...changes.filter((change) => change.id !== "same").map((change) => [change, listOf(change.id)]).filter(([, list]) => list.length).map(([change, list]) =>
      make("details", { open: list.length <= 6 }, make("summary", {}, `${change.sign} ${change.label}: ${many(list.length, "fact")}`),
        listed(list.map((fact) => make("li", {}, factButton(fact.i), make("span", { class: "small block" }, fact.changes.map(([, words]) => words).filter(Boolean).join("; "))))))),
    things.length ? make("details", {}, make("summary", {}, `Δ ${many(things.length, "thing")}: new, merged, called otherwise`),
      listed(things.map(([node, i]) => make("li", {}, nodeButton(i), make("span", { class: "small block" }, node.changes.join("; ")))))) : null,
  ];
}

function start() {
  const pairs = contested();
  const weak = ["denied", "possible", "planned"].map((name) => [name, facts.filter((fact) => fact.status === name && shown().facts.has(fact.i))]);
  const top = busiest();
  return [
    ...(sourced || !facts.length ? welcome() : bareWelcome()),
    ...changed(),
    pairs.length ? make("h3", {}, `Contested (${pairs.length})`) : null,
    pairs.length ? listed(pairs.map(([a, b]) => make("li", { class: "pair" }, factButton(a), make("span", { class: "versus" }, "≠ against"), factButton(b)))) : null,
    top.length ? make("h3", {}, "In most events") : null,
    top.length ? listed(top.map(([i, n]) => make("li", { class: "row" }, nodeButton(i), make("span", { class: "count" }, n)))) : null,
    ...weak.filter(([, list]) => list.length).map(([name, list]) => make("details", {},
      make("summary", {}, markBadge(name, statusOf.get(name).label), ` ${many(list.length, "fact")}`),
      listed(list.map((fact) => make("li", {}, factButton(fact.i)))))),
    sourced ? make("h3", {}, many(docs.length, "article")) : null,
    sourced && listed(docs.map((doc, i) => make("li", { class: "row" },
      make("span", {}, button(doc.title, () => choose({ doc: i }), { class: "link", dir: "auto" }),
        make("span", { class: "small block" }, [doc.publisher, doc.date ? dayName(doc.date) : "undated"].filter(Boolean).join(" · "))),
      make("span", { class: "count" }, factsIn(i).length)))),
  ];
}

function content() {
  const { chosen } = state;
  if (!chosen) return start();
  if ("node" in chosen) return aboutNode(chosen.node);
  if ("fact" in chosen) return aboutFact(chosen.fact);
  if ("path" in chosen) return aboutPath(chosen.path);
  return "tie" in chosen ? aboutTie(chosen.tie) : aboutDoc(chosen.doc);
}

export function closePanel() {
  document.body.classList.remove("panel-open");
}

function show() {
  const back = steps() ? button("← Back", undo, { class: "quiet", title: "Back (Esc)" }) : null;
  const close = state.chosen ? button("Close", () => { choose(null); closePanel(); }, { class: "quiet close", "aria-label": "Close the facts" }) : null;
  panel.replaceChildren(...[make("div", { class: "top" }, back, close), ...content()].filter(Boolean));
  panel.scrollTop = 0;
}

onChange((changes) => {
  show();
  if ("chosen" in changes) document.body.classList.toggle("panel-open", state.chosen !== null);
});
onTheme(show);
