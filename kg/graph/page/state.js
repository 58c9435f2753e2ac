// What the reader has chosen: one object, one way to change it, one way to write it into the link.

import { changes, data, dayNumber, dayText, docById, docs, factByKey, facts, kinds, nodeById, nodes, relations, statuses } from "./data.js";

const days = facts.flatMap((fact) => fact.days || []);
const first = days.reduce((low, day) => Math.min(low, day), Infinity);
const last = days.reduce((high, day) => Math.max(high, day), -Infinity);

/** First and last day of all facts, with a little room; null where nothing is dated. */
export const span = days.length ? { from: first - 3, to: last + 3 } : null;

const VIEWS = ["actors", "full", "timeline", "table"];
const LISTS = { kinds, relations, statuses, docs, changes };

function fresh() {
  return {
    view: data.start,
    chosen: null,
    focus: null,
    picking: null,
    opened: new Set(),
    off: { kinds: new Set(), relations: new Set(), statuses: new Set(), docs: new Set(), changes: new Set() },
    confidence: 0,
    from: span && span.from,
    to: span && span.to,
    undated: true,
    untied: false,
  };
}

export const state = fresh();
const listeners = [];
const trail = [];

/** Call back after every change. */
export const onChange = (listener) => listeners.push(listener);

/** Change the state, tell everybody, and remember the step where Escape shall undo it. */
export function change(changes, { undoable = false } = {}) {
  if (undoable) trail.push({ view: state.view, chosen: state.chosen, focus: state.focus, opened: state.opened });
  Object.assign(state, changes);
  const link = written();
  try {
    history.replaceState(null, "", link ? `#${link}` : location.pathname + location.search);
  } catch {
    // A page inside a sandbox has no address of its own.
  }
  listeners.forEach((listener) => listener(changes));
}

/** Go one step back; false where there is none. */
export function undo() {
  const before = trail.pop();
  if (before) change(before);
  return Boolean(before);
}

export const steps = () => trail.length;

/** Choose something to see its facts: {node}, {fact}, {tie: [a, b]}, {path: [a, b]}, {doc}, or null. */
export function choose(chosen) {
  const end = chosen && "node" in chosen ? chosen.node : null;
  if (state.picking !== null && end !== null && end !== state.picking) {
    change({ chosen: { path: [state.picking, end] }, picking: null, focus: null }, { undoable: true });
    return;
  }
  if (JSON.stringify(chosen) !== JSON.stringify(state.chosen)) change({ chosen }, { undoable: true });
}

/** Ask for the other end of a path from this node; null takes the question back. */
export function pick(node) {
  change({ picking: node });
}

/** Draw what is folded into a node, or fold it again. */
export function unfold(node) {
  const opened = new Set(state.opened);
  if (!opened.delete(node)) opened.add(node);
  change({ opened, chosen: { node } }, { undoable: true });
}

/** Show only a node and its neighbours. */
export function focusOn(node) {
  change({ focus: node, chosen: { node } }, { undoable: true });
}

/** Whether any filter hides something. */
export function filtered() {
  const { off } = state;
  const narrowed = span !== null && (state.from > span.from || state.to < span.to);
  return Object.values(off).some((ids) => ids.size > 0) || state.confidence > 0 || narrowed || !state.undated;
}

/** Take all filters away. */
export function unfilter() {
  const { off, confidence, from, to, undated } = fresh();
  change({ off, confidence, from, to, undated, focus: null });
}

/** The state as the part of the link after "#"; empty for the state at the start. */
export function written() {
  const parts = new URLSearchParams();
  if (state.view !== data.start) parts.set("view", state.view);
  const { chosen } = state;
  if (chosen && "node" in chosen) parts.set("node", nodes[chosen.node].id);
  if (chosen && "fact" in chosen) parts.set("fact", facts[chosen.fact].key);
  if (chosen && "doc" in chosen) parts.set("doc", docs[chosen.doc].id);
  if (chosen && "tie" in chosen) chosen.tie.forEach((end) => parts.append("tie", nodes[end].id));
  if (chosen && "path" in chosen) chosen.path.forEach((end) => parts.append("path", nodes[end].id));
  if (state.focus !== null) parts.set("focus", nodes[state.focus].id);
  for (const node of state.opened) parts.append("open", nodes[node].id);
  for (const name of Object.keys(LISTS)) for (const id of state.off[name]) parts.append(`no-${name}`, id);
  if (state.confidence > 0) parts.set("confidence", String(state.confidence));
  if (span && state.from > span.from) parts.set("from", dayText(state.from));
  if (span && state.to < span.to) parts.set("to", dayText(state.to));
  if (!state.undated) parts.set("undated", "no");
  if (state.untied) parts.set("untied", "yes");
  return parts.toString();
}

function chosenFrom(parts) {
  for (const name of ["tie", "path"]) {
    const ends = parts.getAll(name).map((id) => nodeById.get(id));
    if (ends.length === 2 && ends[0] !== ends[1] && ends.every((end) => end !== undefined)) return { [name]: ends };
  }
  for (const [name, known] of [["node", nodeById], ["fact", factByKey], ["doc", docById]]) {
    const found = known.get(parts.get(name));
    if (found !== undefined) return { [name]: found };
  }
  return null;
}

/** Take the state from the link; what it does not know is passed over. */
export function fromLink() {
  const parts = new URLSearchParams(location.hash.slice(1));
  const next = fresh();
  if (VIEWS.includes(parts.get("view"))) next.view = parts.get("view");
  next.chosen = chosenFrom(parts);
  next.opened = new Set(parts.getAll("open").map((id) => nodeById.get(id)).filter((node) => node !== undefined));
  next.focus = nodeById.get(parts.get("focus")) ?? null;
  for (const [name, list] of Object.entries(LISTS)) {
    const known = new Set(list.map((entry) => entry.id));
    parts.getAll(`no-${name}`).filter((id) => known.has(id)).forEach((id) => next.off[name].add(id));
  }
  const confidence = Number(parts.get("confidence"));
  if (confidence > 0 && confidence <= 1) next.confidence = confidence;
  if (span) next.from = Math.max(span.from, dayNumber(parts.get("from")) ?? span.from);
  if (span) next.to = Math.min(span.to, dayNumber(parts.get("to")) ?? span.to);
  next.undated = parts.get("undated") !== "no";
  next.untied = parts.get("untied") === "yes";
  change(next);
}
