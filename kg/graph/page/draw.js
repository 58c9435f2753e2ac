// The picture: vis-network with positions that were computed beforehand.

import { facts, given, kindOf, nodes, OTHER, statusOf } from "./data.js";
import { byId } from "./dom.js";
import { shown } from "./filter.js";
import { drawLabels } from "./labels.js";
import { choose, focusOn, onChange, state } from "./state.js";
import { darker, onTheme, paint, tint } from "./theme.js";

const frame = byId("graph");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();
const pyvisNode = new Map(given.nodes.map((node) => [node.id, node]));
const pyvisEdge = new Map(given.edges.map((edge) => [edge.id, edge]));

export const canvas = new vis.Network(frame, { nodes: nodeSet, edges: edgeSet }, {
  physics: { enabled: false },
  layout: { improvedLayout: false },
  autoResize: false,
  nodes: { borderWidth: 1.5, chosen: false },
  edges: { smooth: false, chosen: false, hoverWidth: 0, selectionWidth: 0 },
  interaction: { hover: true, keyboard: false, multiselect: false, selectConnectedEdges: false, tooltipDelay: 1e6 },
});

const isGraph = () => state.view === "actors" || state.view === "full";

/** What the picture shows now: nodes by number, and lines with what they stand for. */
export const scene = { nodes: new Map(), lines: new Map(), lit: null, hovered: null, covered };

const numberOf = (id) => Number(id.slice(1));

/** The scale that sizes are made for: nodes and lines keep their size on the screen when it is far off. */
const lens = { scale: 1, upright: false, area: 600000 };

/** What a length on the screen is in the picture; smaller where there is a crowd. */
function inPicture(length) {
  const crowd = Math.min(1, Math.max(0.32, Math.sqrt(lens.area / (4200 * Math.max(1, scene.nodes.size)))));
  return (length * crowd * Math.min(1.25, Math.max(0.66, lens.scale))) / lens.scale;
}

/** Where a node stands; in a tall window the picture lies on its side. */
function spotOf(i) {
  const [x, y] = state.view === "actors" ? nodes[i].axy : nodes[i].xy;
  return lens.upright ? [y, x] : [x, y];
}

function degrees(lines) {
  const degree = new Map();
  for (const line of lines) for (const end of line.ends) degree.set(end, (degree.get(end) ?? 0) + 1);
  return degree;
}

function wantedLines() {
  const { facts: open, ties, nodes: there } = shown();
  if (state.view === "actors") return ties.map((tie) => ({ ...tie, weight: tie.via.length + tie.direct.length, tie }));
  return [...open].map((i) => facts[i]).filter((fact) => fact.o !== null && there.has(fact.s) && there.has(fact.o))
    .map((fact) => ({ id: `f${fact.i}`, ends: [fact.s, fact.o], status: fact.status, weight: 1, fact }));
}

/** Numbers lines between the same two nodes, so that each can bend its own way. */
function spread(lines) {
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
function litBy(chosen, lines) {
  if (!chosen || "doc" in chosen) return null;
  const lit = { nodes: new Set(), lines: new Set() };
  for (const line of lines) {
    const hit = "node" in chosen ? line.ends.includes(chosen.node)
      : "tie" in chosen ? line.tie && line.ends.join() === chosen.tie.join()
      : line.fact ? line.fact.i === chosen.fact
      : line.tie.direct.includes(chosen.fact) || line.tie.via.some((via) => via.facts.includes(chosen.fact));
    if (!hit) continue;
    lit.lines.add(line.id);
    line.ends.forEach((end) => lit.nodes.add(end));
  }
  if ("node" in chosen) lit.nodes.add(chosen.node);
  if ("fact" in chosen && !lit.nodes.size) [facts[chosen.fact].s, facts[chosen.fact].o].forEach((end) => end !== null && lit.nodes.add(end));
  return [...lit.nodes].some((node) => scene.nodes.has(node)) ? lit : null;
}

function nodeLook(i, degree) {
  const node = nodes[i];
  const dim = scene.lit && !scene.lit.nodes.has(i);
  const kind = kindOf.get(node.kind) ?? OTHER;
  const main = state.chosen && state.chosen.node === i;
  const size = Math.min(24, 9 + 2.6 * Math.sqrt(degree)) * (kind.shape === "dot" ? 0.92 : 1);
  const [x, y] = spotOf(i);
  const open = ["proposed", "planned", "postponed", "refused", "cancelled"].includes(node.status);
  const border = main ? paint("ink") : darker(tint(kind));
  return {
    ...pyvisNode.get(`n${i}`), label: undefined, title: undefined, x, y, size: inPicture(size),
    color: { background: tint(kind), border, hover: { background: tint(kind), border: paint("ink") } },
    borderWidth: main ? 3.5 : open ? 2.4 : 1.3,
    shapeProperties: { borderDashes: open ? [inPicture(4), inPicture(3)] : false },
    opacity: dim ? 0.13 : open ? 0.72 : 1,
  };
}

function lineLook(line) {
  const dim = scene.lit && !scene.lit.lines.has(line.id);
  const strong = scene.lit && scene.lit.lines.has(line.id);
  const status = statusOf.get(line.status);
  const soft = line.status === "stated" || line.status === "background";
  const color = strong && soft ? paint("accent") : soft ? paint("line") : tint(status);
  return {
    ...pyvisEdge.get(line.id), id: line.id, from: `n${line.ends[0]}`, to: `n${line.ends[1]}`, title: undefined,
    color: { color, hover: paint("accent"), highlight: color, opacity: dim ? 0.08 : strong ? 1 : soft ? 0.75 : 0.9 },
    width: inPicture((line.tie ? Math.min(5, 0.8 + 0.75 * Math.sqrt(line.weight)) : 1.4) + (strong ? 1 : 0)),
    dashes: status.dash.length ? status.dash.map(inPicture) : false,
    arrows: line.tie || line.fact.symmetric ? { to: false } : { to: { enabled: true, scaleFactor: inPicture(0.5) } },
    smooth: line.bend ? { enabled: true, type: line.bend > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(line.bend) } : false,
  };
}

/** Bring a data set to what is wanted, touching only what differs. */
function bring(set, wanted, memory) {
  const keep = new Set(wanted.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !keep.has(id)));
  const changed = wanted.filter((item) => {
    const look = JSON.stringify(item);
    const same = memory.get(item.id) === look && set.get(item.id) !== null;
    memory.set(item.id, look);
    return !same;
  });
  set.update(changed);
}

const nodeMemory = new Map();
const lineMemory = new Map();

export function redraw() {
  if (!isGraph()) return;
  const open = shown();
  const there = state.view === "actors" ? open.actors : open.nodes;
  const lines = wantedLines();
  spread(lines);
  const degree = degrees(lines);
  scene.nodes = new Map([...there].map((i) => [i, degree.get(i) ?? 0]));
  scene.lines = new Map(lines.map((line) => [line.id, line]));
  scene.lit = litBy(state.chosen, lines);
  bring(nodeSet, [...there].map((i) => nodeLook(i, degree.get(i) ?? 0)), nodeMemory);
  bring(edgeSet, lines.map(lineLook), lineMemory);
  canvas.redraw();
}

/** How much of the frame the panel lies over: from the right, and from below. */
function covered() {
  const panel = byId("panel");
  if (getComputedStyle(panel).position !== "absolute" || !document.body.classList.contains("panel-open")) return [0, 0];
  return panel.offsetWidth < frame.clientWidth * 0.9 ? [panel.offsetWidth, 0] : [0, panel.offsetHeight];
}

/** Move the camera so that these nodes, with room for their labels, fill what is free of the frame. */
export function fit(chosen = [...scene.nodes.keys()], { most = 1.35 } = {}) {
  const [aside, below] = covered();
  const [width, height] = [frame.clientWidth - aside, frame.clientHeight - below];
  if (!chosen.length || width < 40 || height < 40) return;
  const spots = Object.values(canvas.getPositions(chosen.map((i) => `n${i}`)));
  const xs = spots.map((spot) => spot.x);
  const ys = spots.map((spot) => spot.y);
  const edge = (values) => [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const [[left, right], [top, bottom]] = [edge(xs), edge(ys)];
  const [padX, padY] = [Math.min(70, width * 0.12), Math.min(56, height * 0.1)];
  const scale = Math.min(most, (width - 2 * padX) / (right - left + 40), (height - 2 * padY) / (bottom - top + 40));
  const position = { x: (left + right) / 2 + aside / 2 / scale, y: (top + bottom) / 2 + below / 2 / scale };
  look(scale);
  const far = scene.nodes.size > 800 || calm.matches;
  canvas.moveTo({ position, scale, animation: far || !moved.ready ? false : { duration: 260, easingFunction: "easeInOutQuad" } });
}

/** Whether the reader has moved the camera; then a new size of the window leaves it alone. */
const moved = { byHand: false, ready: false };

export function fitAll() {
  moved.byHand = false;
  fit();
}

/** Give nodes and lines their sizes for a scale, if it is another than before. */
function look(scale) {
  if (Math.abs(Math.log(scale / lens.scale)) < 0.06) return;
  lens.scale = scale;
  redraw();
}

let settling = 0;

function settle() {
  clearTimeout(settling);
  settling = setTimeout(() => look(canvas.getScale()), 70);
}

export function zoom(factor) {
  moved.byHand = true;
  canvas.moveTo({ scale: Math.min(6, Math.max(0.02, canvas.getScale() * factor)), animation: false });
  settle();
}

/** Bring a node into sight, with its neighbours where they fit. */
function reveal() {
  if (!scene.lit || moved.byHand === "click") return;
  fit([...scene.lit.nodes].filter((i) => scene.nodes.has(i)));
}

canvas.on("click", ({ nodes: [node], edges: [line] }) => {
  moved.byHand = "click";
  if (node) choose({ node: numberOf(node) });
  else if (line) {
    const { fact, tie } = scene.lines.get(line);
    choose(fact ? { fact: fact.i } : { tie: tie.ends });
  } else choose(null);
});
canvas.on("doubleClick", ({ nodes: [node] }) => node && focusOn(numberOf(node)));
canvas.on("zoom", () => { moved.byHand = true; settle(); });
canvas.on("dragEnd", () => { moved.byHand = true; });
const hover = (what) => () => { scene.hovered = null; frame.style.cursor = what; };
canvas.on("hoverNode", ({ node }) => { scene.hovered = node; frame.style.cursor = "pointer"; });
canvas.on("hoverEdge", ({ edge }) => { scene.hovered = edge; frame.style.cursor = "pointer"; });
canvas.on("blurNode", hover("default"));
canvas.on("blurEdge", hover("default"));
canvas.on("afterDrawing", (brush) => drawLabels(brush, canvas, scene));

let before = "";

onChange((changes) => {
  const now = `${state.view} ${state.focus}`;
  const turned = now !== before;
  before = now;
  frame.hidden = !isGraph();
  byId("zoom").hidden = !isGraph();
  redraw();
  if (turned) fitAll();
  else if ("chosen" in changes && changes.chosen && isGraph()) reveal();
  if (moved.byHand === "click") moved.byHand = true;
});
onTheme(redraw);

let size = "";
new ResizeObserver(() => {
  const next = `${frame.clientWidth}x${frame.clientHeight}`;
  if (next === size || !frame.clientWidth || !frame.clientHeight) return;
  const first = size === "";
  size = next;
  canvas.setSize("100%", "100%");
  lens.area = frame.clientWidth * frame.clientHeight;
  const upright = frame.clientHeight > 1.3 * frame.clientWidth;
  if (upright !== lens.upright) {
    lens.upright = upright;
    redraw();
  }
  canvas.redraw();
  if (first || moved.byHand !== true) {
    const ready = moved.ready;
    moved.ready = false;
    if (scene.lit) reveal();
    else fit();
    moved.ready = ready;
  }
  moved.ready = true;
}).observe(frame);

/** The next node in a direction from the chosen one, or the busiest to begin with. */
export function walk(dx, dy) {
  const spots = canvas.getPositions();
  const here = state.chosen && spots[`n${state.chosen.node}`];
  if (!here) {
    const busiest = [...scene.nodes].sort((a, b) => b[1] - a[1])[0];
    return busiest && choose({ node: busiest[0] });
  }
  let best = null;
  for (const [id, spot] of Object.entries(spots)) {
    const along = (spot.x - here.x) * dx + (spot.y - here.y) * dy;
    const aside = Math.abs((spot.x - here.x) * dy) + Math.abs((spot.y - here.y) * dx);
    const cost = along + 2.2 * aside;
    if (along > 1 && (!best || cost < best.cost)) best = { id, cost };
  }
  return best && choose({ node: numberOf(best.id) });
}
