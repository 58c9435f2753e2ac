// Which facts, nodes and ties are shown: one answer that every view uses.

import { changeOf, docs, facts, factsOf, hubs, nodes, statusOf } from "./data.js";
import { onChange, state } from "./state.js";

let answer = null;
onChange(() => {
  answer = null;
});

function inTime(fact) {
  return fact.days === null ? state.undated : fact.days[0] <= state.to && fact.days[1] >= state.from;
}

/** Articles by what is read from them alone, for what a rule infers: by what it is inferred from. */
export function docsOf(fact, seen = new Set()) {
  if (seen.has(fact.i)) return [];
  seen.add(fact.i);
  return fact.claims.flatMap((claim) => (claim.doc !== null ? [claim.doc] : claim.derived.flatMap((i) => docsOf(facts[i], seen))));
}

/** For each actor the hubs it has a part in, with the chains of facts by which it has. */
const partsOf = new Map();
for (const { hub, parts } of hubs) {
  for (const [actor, chains] of parts) {
    if (!partsOf.has(actor)) partsOf.set(actor, new Map());
    partsOf.get(actor).set(hub, chains);
  }
}

/** Whether something that a rule infers without a claim of its own has, in one event, what it is inferred from. */
function stillFollows(fact) {
  const [one, other] = [fact.s, fact.o].map((end) => partsOf.get(end) ?? new Map());
  const open = (chains) => chains?.some((chain) => chain.every((i) => told(facts[i])));
  return [...one].some(([hub, chains]) => open(chains) && open(other.get(hub)));
}

/** Whether an article that is switched on tells of it; what rests on no article is always told. */
function told(fact) {
  if (!state.off.docs.size) return true;
  if (!fact.claims.length && fact.status === "inferred") return stillFollows(fact);
  const from = docsOf(fact);
  return !from.length || from.some((doc) => !state.off.docs.has(docs[doc].id));
}

function passes(fact) {
  const { off } = state;
  if (off.relations.has(fact.p) || off.statuses.has(fact.status) || off.changes.has(fact.change)) return false;
  if (off.kinds.has(nodes[fact.s].kind) || (fact.o !== null && off.kinds.has(nodes[fact.o].kind))) return false;
  return (fact.confidence === null || fact.confidence >= state.confidence) && inTime(fact) && told(fact);
}

const rank = (fact) => statusOf.get(fact.status).rank;

/** The firmest chain of visible facts by which an actor has a part in a hub; null for none. */
function firmest(chains, shown) {
  const open = chains.filter((chain) => chain.every((i) => shown.has(i)));
  const weakest = (chain) => Math.max(...chain.map((i) => rank(facts[i])));
  return open.length ? open.reduce((best, chain) => (weakest(chain) < weakest(best) ? chain : best)) : null;
}

/** Actors tied by a hub that both have a part in, or by a fact between the two. */
function tiesOf(shown) {
  const found = new Map();
  const tie = (a, b) => {
    const ends = a < b ? [a, b] : [b, a];
    const key = ends.join("-");
    if (!found.has(key)) found.set(key, { id: `t${key}`, ends, via: [], direct: [] });
    return found.get(key);
  };
  for (const { hub, parts } of hubs) {
    const present = parts.map(([actor, chains]) => [actor, firmest(chains, shown)]).filter((part) => part[1]);
    present.forEach(([a, one], i) => {
      for (const [b, other] of present.slice(i + 1)) tie(a, b).via.push({ hub, facts: [...new Set([...one, ...other])] });
    });
  }
  for (const i of shown) {
    const fact = facts[i];
    const pair = fact.o !== null && fact.o !== fact.s && nodes[fact.s].role === "actor" && nodes[fact.o].role === "actor";
    if (pair) tie(fact.s, fact.o).direct.push(i);
  }
  return [...found.values()].map((one) => ({ ...one, status: tieStatus(one), change: tieChange(one) }));
}

/** A tie looks like the firmest of what makes it; each of those is as weak as its weakest fact. */
function tieStatus(tie) {
  const weakest = tie.via.map((via) => via.facts.map((i) => facts[i]).reduce((a, b) => (rank(b) > rank(a) ? b : a)));
  const all = [...weakest, ...tie.direct.map((i) => facts[i])];
  return all.reduce((a, b) => (rank(b) < rank(a) ? b : a)).status;
}

/** The weightiest of what has changed in a tie. */
function tieChange(tie) {
  if (!changeOf.size) return undefined;
  const all = [...tie.direct, ...tie.via.flatMap((via) => via.facts)].map((i) => facts[i].change);
  return all.reduce((a, b) => (changeOf.get(b).rank > changeOf.get(a).rank ? b : a));
}

function neighbours(shown, ties) {
  const near = new Set([state.focus]);
  if (state.view === "actors") {
    for (const tie of ties) if (tie.ends.includes(state.focus)) tie.ends.forEach((end) => near.add(end));
    return near;
  }
  for (const fact of factsOf[state.focus]) {
    if (!shown.has(fact.i)) continue;
    near.add(fact.s);
    if (fact.o !== null) near.add(fact.o);
  }
  return near;
}

/** Actors without a tie are left out of the picture, unless they are asked for, chosen, or all there is. */
function drawn(actors, ties) {
  if (state.untied || !ties.length) return actors;
  const tied = new Set(ties.flatMap((tie) => tie.ends));
  const chosen = state.chosen ? [state.chosen.node, state.focus, ...(state.chosen.path ?? [])] : [];
  return new Set([...actors].filter((i) => tied.has(i) || chosen.includes(i)));
}

/**
 * What passes the filters: numbers of facts and nodes as sets, and the ties.
 * With a focus, the Actors view keeps the neighbours and what is between them; the other views
 * keep the facts about the node itself.
 */
export function shown() {
  if (answer) return answer;
  const open = new Set(facts.filter(passes).map((fact) => fact.i));
  let kept = open;
  let ties = tiesOf(open);
  let near = null;
  if (state.focus !== null) {
    near = neighbours(open, ties);
    ties = ties.filter((tie) => tie.ends.every((end) => near.has(end)));
    const touches = (fact) => fact.s === state.focus || fact.o === state.focus;
    kept = new Set([...open].filter((i) => touches(facts[i])));
  }
  const there = nodes.map((node, i) => {
    if (state.off.kinds.has(node.kind) || (near && !near.has(i))) return false;
    return factsOf[i].length === 0 || factsOf[i].some((fact) => open.has(fact.i));
  });
  const all = new Set([...nodes.keys()].filter((i) => there[i]));
  const every = new Set([...all].filter((i) => nodes[i].role === "actor"));
  ties = ties.filter((tie) => tie.ends.every((end) => every.has(end)));
  const actors = drawn(every, ties);
  answer = { facts: kept, nodes: all, actors, untied: every.size - actors.size, ties };
  return answer;
}
