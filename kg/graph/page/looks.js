// How each node and line looks: position, size, colour, dash; and what is lit when something is chosen.

import { changes, facts, given, kindOf, lookOf, nodes, OTHER } from "./data.js";
import { chosenPath, onPath } from "./path.js";
import { state } from "./state.js";
import { darker, paint, tint } from "./theme.js";

const pyvisNode = new Map(given.nodes.map((node) => [node.id, node]));
const pyvisEdge = new Map(given.edges.map((edge) => [edge.id, edge]));

/** What the picture shows now: nodes by number, and lines with what they stand for. */
export const scene = { nodes: new Map(), lines: new Map(), folded: new Map(), lit: null, hovered: null };

/** The scale that sizes are made for: nodes and lines keep their size on the screen when it is far off. */
export const lens = { scale: 1, whole: 1, upright: false, area: 600000 };

/** What a length on the screen is in the picture; smaller in a crowd, less so when seen from near. */
export function inPicture(length) {
  const near = Math.max(1, lens.scale / lens.whole);
  const crowd = Math.min(1, Math.max(0.32, near * Math.sqrt(lens.area / (4200 * Math.max(1, scene.nodes.size)))));
  return (length * crowd * Math.min(1.25, Math.max(0.66, lens.scale))) / lens.scale;
}

/** Where a node stands; in a tall window the picture lies on its side. */
export function spotOf(i) {
  const [x, y] = state.view === "actors" ? nodes[i].axy : nodes[i].xy;
  return lens.upright ? [y, x] : [x, y];
}

/** Numbers lines between the same two nodes, so that each can bend its own way. */
export function spread(lines) {
  const between = new Map();
  for (const line of lines) {
    const key = [...line.ends].sort((a, b) => a - b).join("-");
    if (!between.has(key)) between.set(key, []);
    between.get(key).push(line);
  }
  for (const group of between.values()) {
    group.forEach((line, i) => {
      const turn = line.ends[0] < line.ends[1] ? 1 : -1;
      line.bend = group.length === 1 ? 0 : turn * (i - (group.length - 1) / 2) * Math.min(0.32, 0.9 / group.length);
    });
  }
}

/** What is lit when something is chosen; null when all is. */
export function litBy(chosen, lines, ties) {
  if (!chosen || "doc" in chosen) return null;
  const tie = "tie" in chosen ? ties.find((one) => one.ends.join() === chosen.tie.join()) : null;
  const path = chosenPath();
  const parts = new Set(tie ? [...tie.direct, ...tie.via.flatMap((via) => via.facts)] : []);
  const lit = { nodes: new Set(), lines: new Set() };
  for (const line of lines) {
    const hit = "path" in chosen ? path !== null && onPath(path, line)
      : "node" in chosen ? line.ends.includes(chosen.node)
      : "tie" in chosen ? (line.fact ? parts.has(line.fact.i) : line.ends.join() === chosen.tie.join())
      : line.fact ? line.fact.i === chosen.fact
      : line.tie.direct.includes(chosen.fact) || line.tie.via.some((via) => via.facts.includes(chosen.fact));
    if (!hit) continue;
    lit.lines.add(line.id);
    line.ends.forEach((end) => lit.nodes.add(end));
  }
  if ("node" in chosen) lit.nodes.add(chosen.node);
  if ("path" in chosen) chosen.path.forEach((end) => lit.nodes.add(end));
  if ("fact" in chosen && !lit.nodes.size) [facts[chosen.fact].s, facts[chosen.fact].o].forEach((end) => end !== null && lit.nodes.add(end));
  return [...lit.nodes].some((node) => scene.nodes.has(node)) ? lit : null;
}

export function nodeLook(i, degree) {
  const node = nodes[i];
  const kind = kindOf.get(node.kind) ?? OTHER;
  const main = state.chosen && (state.chosen.node === i || (state.chosen.path ?? []).includes(i));
  const size = Math.min(24, 9 + 2.6 * Math.sqrt(degree)) * (kind.shape === "dot" ? 0.92 : 1);
  const [x, y] = spotOf(i);
  const inside = scene.folded.get(i)?.length ?? 0;
  const open = ["proposed", "planned", "postponed", "refused", "cancelled"].includes(node.status);
  const border = main ? paint("ink") : darker(tint(kind));
  return {
    ...pyvisNode.get(`n${i}`), label: undefined, title: undefined, x, y, size: inPicture(size + Math.min(14, 1.6 * Math.sqrt(inside))),
    color: { background: tint(kind), border, hover: { background: tint(kind), border: paint("ink") } },
    borderWidth: main ? 3.5 : inside ? 4 : open ? 2.4 : 1.3,
    shapeProperties: { borderDashes: open ? [inPicture(4), inPicture(3)] : false },
    opacity: open ? 0.72 : 1,
  };
}

export function lineLook(line) {
  const strong = scene.lit && scene.lit.lines.has(line.id);
  const status = lookOf(line);
  const soft = !status.sign;
  const color = strong && soft ? paint("accent") : soft ? paint("line") : tint(status);
  return {
    ...pyvisEdge.get(line.id), id: line.id, from: `n${line.ends[0]}`, to: `n${line.ends[1]}`, title: undefined,
    color: { color, hover: paint("accent"), highlight: color, opacity: strong ? 1 : soft ? (changes.length ? 0.4 : 0.75) : 0.9 },
    width: inPicture((line.tie ? Math.min(5, 0.8 + 0.75 * Math.sqrt(line.weight)) : 1.4) + (strong ? 1 : 0)),
    dashes: status.dash.length ? status.dash.map(inPicture) : false,
    arrows: line.tie || line.fact.symmetric ? { to: false } : { to: { enabled: true, scaleFactor: inPicture(0.5) } },
    smooth: line.bend ? { enabled: true, type: line.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(line.bend) } : false,
  };
}
