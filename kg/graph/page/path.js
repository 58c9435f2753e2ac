// The shortest ways from one thing to another, over what is shown: shared events first, else single facts.

import { facts, nodes } from "./data.js";
import { shown } from "./filter.js";
import { state } from "./state.js";

const MOST = 24;
const pairKey = (a, b) => (a < b ? `${a}-${b}` : `${b}-${a}`);

function near(links) {
  const found = new Map();
  const add = (from, to, link) => {
    if (!found.has(from)) found.set(from, new Map());
    found.get(from).set(to, link);
  };
  for (const link of links.values()) {
    const [a, b] = link.ends;
    add(a, b, link);
    add(b, a, link);
  }
  return found;
}

/** Pairs of actors that share something: what the lines of the Actors view stand for. */
function overTies() {
  return near(new Map(shown().ties.map((tie) => [tie.id, { ends: tie.ends, tie, facts: [...tie.direct, ...tie.via.flatMap((via) => via.facts)] }])));
}

/** Pairs of things that a fact is about. */
function overFacts() {
  const links = new Map();
  for (const i of shown().facts) {
    const { s, o } = facts[i];
    if (o === null || o === s) continue;
    const key = pairKey(s, o);
    if (!links.has(key)) links.set(key, { ends: [s, o], tie: null, facts: [] });
    links.get(key).facts.push(i);
  }
  return near(links);
}

/** How many steps each node is from the first, as far as the last. */
function distances(from, to, links) {
  const far = new Map([[from, 0]]);
  let edge = [from];
  while (edge.length && !far.has(to)) {
    const next = [];
    for (const here of edge) {
      for (const there of (links.get(here) ?? new Map()).keys()) {
        if (far.has(there)) continue;
        far.set(there, far.get(here) + 1);
        next.push(there);
      }
    }
    edge = next;
  }
  return far;
}

/** Walk back from the end: how many shortest ways there are, what they touch, and the first of them. */
function collect(from, to, links, far) {
  const back = (node) => [...(links.get(node) ?? new Map()).keys()].filter((other) => far.get(other) === far.get(node) - 1).sort((a, b) => a - b);
  const counts = new Map([[from, 1]]);
  const count = (node) => {
    if (!counts.has(node)) counts.set(node, back(node).reduce((sum, other) => sum + count(other), 0));
    return counts.get(node);
  };
  const used = new Map();
  const list = [];
  const seen = new Set();
  const touch = (node) => {
    if (seen.has(node)) return;
    seen.add(node);
    for (const other of back(node)) {
      used.set(pairKey(node, other), links.get(node).get(other));
      touch(other);
    }
  };
  const walk = (node, tail) => {
    if (list.length >= MOST) return;
    if (node === from) list.push([from, ...tail]);
    else for (const other of back(node)) walk(other, [node, ...tail]);
  };
  touch(to);
  walk(to, []);
  return { count: count(to), list, used };
}

function search(from, to) {
  const actors = [from, to].every((i) => nodes[i].role === "actor");
  for (const [over, links] of [["shared events", actors ? overTies() : new Map()], ["facts", overFacts()]]) {
    const far = distances(from, to, links);
    if (far.has(to)) return { over, steps: far.get(to), link: (a, b) => links.get(a).get(b), ...collect(from, to, links, far) };
  }
  return null;
}

let memory = { key: null, answer: null, found: null };

/** The shortest ways that are chosen to be seen; null where none is chosen, or there is none. */
export function chosenPath() {
  if (!state.chosen || !("path" in state.chosen)) return null;
  const key = state.chosen.path.join();
  if (memory.key !== key || memory.answer !== shown()) {
    const found = search(...state.chosen.path);
    memory = { key, answer: shown(), found: found && { ...found, facts: new Set([...found.used.values()].flatMap((link) => link.facts)) } };
  }
  return memory.found;
}

/** Whether a line of the picture is part of a shortest way. */
export function onPath(path, line) {
  if (line.fact) return path.facts.has(line.fact.i);
  return path.used.has(pairKey(...line.ends)) || line.tie.direct.some((i) => path.facts.has(i));
}
