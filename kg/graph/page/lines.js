// What the picture draws of what is shown: nodes and lines; above a limit the lesser nodes are folded away.

import { facts, nodes } from "./data.js";
import { shown } from "./filter.js";
import { state } from "./state.js";

/** More nodes than this cannot be told apart; what is folded is always counted, and can be opened. */
export const LIMIT = 2000;

function allLines() {
  const { facts: open, ties, nodes: there } = shown();
  if (state.view === "actors") return ties.map((tie) => ({ ...tie, weight: tie.via.length + tie.direct.length, tie }));
  return [...open].map((i) => facts[i]).filter((fact) => fact.o !== null && there.has(fact.s) && there.has(fact.o))
    .map((fact) => ({ id: `f${fact.i}`, ends: [fact.s, fact.o], status: fact.status, change: fact.change, weight: 1, fact }));
}

function neighboursOf(lines) {
  const near = new Map();
  for (const { ends: [a, b] } of lines) {
    for (const [one, other] of [[a, b], [b, a]]) {
      if (!near.has(one)) near.set(one, new Set());
      near.get(one).add(other);
    }
  }
  return near;
}

/** Into which kept node each other one is folded: the nearest, of those the busiest; else one of its kind. */
function folding(there, near) {
  const degree = (i) => near.get(i)?.size ?? 0;
  const ranked = [...there].sort((a, b) => degree(b) - degree(a) || a - b);
  const kinds = new Set(ranked.map((i) => nodes[i].kind)).size;
  const kept = ranked.slice(0, LIMIT - kinds).filter(degree);
  const into = new Map(kept.map((i) => [i, i]));
  let edge = kept;
  while (edge.length) {
    const next = [];
    for (const here of edge) {
      for (const other of near.get(here) ?? []) {
        if (into.has(other)) continue;
        into.set(other, into.get(here));
        next.push(other);
      }
    }
    edge = next;
  }
  const ofKind = new Map();
  for (const i of [...there].sort((a, b) => a - b)) {
    if (into.has(i)) continue;
    if (!ofKind.has(nodes[i].kind)) ofKind.set(nodes[i].kind, i);
    into.set(i, ofKind.get(nodes[i].kind));
  }
  return into;
}

/** How many lines each node hides: those of what is folded into it, each line once for a node. */
function linesFolded(lines, drawn, into) {
  const counts = new Map();
  for (const { ends } of lines) {
    for (const host of new Set(ends.filter((end) => !drawn.has(end)).map((end) => into.get(end)))) counts.set(host, (counts.get(host) ?? 0) + 1);
  }
  return counts;
}

/** What is drawn though it would be folded: what is chosen, and what the reader has opened. */
function called() {
  const { node, fact, tie, path } = state.chosen ?? {};
  const ends = fact === undefined ? [] : [facts[fact].s, facts[fact].o];
  return new Set([node, state.focus, state.picking, ...(tie ?? []), ...(path ?? []), ...ends]);
}

function picture() {
  const { actors, nodes: all } = shown();
  const there = state.view === "actors" ? actors : all;
  const lines = allLines();
  const folded = new Map();
  if (there.size <= LIMIT) return { nodes: there, lines, folded, foldedLines: new Map(), all: there.size, allLines: lines.length };
  const into = folding(there, neighboursOf(lines));
  const wanted = called();
  const drawn = new Set();
  for (const i of there) {
    const host = into.get(i);
    if (host === i || state.opened.has(host) || wanted.has(i)) drawn.add(i);
    else if (folded.has(host)) folded.get(host).push(i);
    else folded.set(host, [i]);
  }
  return { nodes: drawn, lines: lines.filter((line) => line.ends.every((end) => drawn.has(end))), folded,
    foldedLines: linesFolded(lines, drawn, into), all: there.size, allLines: lines.length };
}

let memory = { key: null, answer: null, picture: null };

/** The nodes and lines to draw; what is folded into which node; and of how many nodes this is a picture. */
export function wanted() {
  const key = JSON.stringify([state.view, state.chosen, state.focus, state.picking, [...state.opened]]);
  if (memory.key !== key || memory.answer !== shown()) memory = { key, answer: shown(), picture: picture() };
  return memory.picture;
}
