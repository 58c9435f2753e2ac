// The picture: vis-network with positions that were computed beforehand.

import { byId } from "./dom.js";
import { shown } from "./filter.js";
import { drawLabels } from "./labels.js";
import { wanted } from "./lines.js";
import { lens, lineLook, litBy, nodeLook, scene, spread } from "./looks.js";
import { change, choose, focusOn, onChange, state, unfold } from "./state.js";
import { onTheme, paint } from "./theme.js";

const frame = byId("graph");
const calm = matchMedia("(prefers-reduced-motion: reduce)");
const nodeSet = new vis.DataSet();
const edgeSet = new vis.DataSet();

export const canvas = new vis.Network(frame, { nodes: nodeSet, edges: edgeSet }, {
  physics: { enabled: false },
  layout: { improvedLayout: false },
  autoResize: false,
  nodes: { borderWidth: 1.5, chosen: false },
  edges: { smooth: false, chosen: false, hoverWidth: 0, selectionWidth: 0 },
  interaction: { hover: true, keyboard: false, multiselect: false, selectConnectedEdges: false, tooltipDelay: 1e6 },
});

const isGraph = () => state.view === "actors" || state.view === "full";

const numberOf = (id) => Number(id.slice(1));

function degrees(lines) {
  const degree = new Map();
  for (const line of lines) for (const end of line.ends) degree.set(end, (degree.get(end) ?? 0) + 1);
  return degree;
}

/** Dim what is not lit: a veil over the picture, and what is lit drawn again above it. */
function veil(brush) {
  brush.save();
  brush.resetTransform();
  brush.globalAlpha = 0.86;
  brush.fillStyle = paint("stage");
  brush.fillRect(0, 0, brush.canvas.width, brush.canvas.height);
  brush.restore();
  const { edges, nodes: bodies } = canvas.body;
  for (const id of scene.lit.lines) {
    edges[id]?.draw(brush);
    edges[id]?.drawArrows(brush);
  }
  for (const i of scene.lit.nodes) bodies[`n${i}`]?.draw(brush);
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
  const { nodes: there, lines, folded } = wanted();
  spread(lines);
  const degree = degrees(lines);
  scene.nodes = new Map([...there].map((i) => [i, degree.get(i) ?? 0]));
  scene.lines = new Map(lines.map((line) => [line.id, line]));
  scene.lit = litBy(state.chosen, lines, shown().ties);
  scene.folded = folded;
  bring(nodeSet, [...there].map((i) => nodeLook(i, degree.get(i) ?? 0)), nodeMemory);
  bring(edgeSet, lines.map(lineLook), lineMemory);
  canvas.redraw();
}

/** How much of the frame lies under something: at the right and below the panel, above the notice. */
function covered() {
  const panel = byId("panel");
  const notice = byId("notice");
  const hidden = { aside: 0, below: 0, above: notice.hidden ? 0 : notice.offsetTop + notice.offsetHeight };
  if (getComputedStyle(panel).position !== "absolute" || !document.body.classList.contains("panel-open")) return hidden;
  if (panel.offsetWidth < frame.clientWidth * 0.9) return { ...hidden, aside: panel.offsetWidth };
  return { ...hidden, below: panel.offsetHeight };
}

/** Move the camera so that these nodes, with room for their labels, fill what is free of the frame. */
export function fit(chosen = [...scene.nodes.keys()], { most = 1.35 } = {}) {
  const { aside, below, above } = covered();
  const [width, height] = [frame.clientWidth - aside, frame.clientHeight - below - above];
  if (!chosen.length || width < 40 || height < 40) return;
  const spots = Object.values(canvas.getPositions(chosen.map((i) => `n${i}`)));
  const xs = spots.map((spot) => spot.x);
  const ys = spots.map((spot) => spot.y);
  const edge = (values) => [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
  const [[left, right], [top, bottom]] = [edge(xs), edge(ys)];
  const [padX, padY] = [Math.min(70, width * 0.12), Math.min(56, height * 0.1)];
  const scale = Math.min(most, (width - 2 * padX) / (right - left + 40), (height - 2 * padY) / (bottom - top + 40));
  const position = { x: (left + right) / 2 + aside / 2 / scale, y: (top + bottom) / 2 + (below - above) / 2 / scale };
  if (chosen.length === scene.nodes.size) lens.whole = scale;
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
  const again = node && state.chosen && state.chosen.node === numberOf(node);
  if (again && scene.folded.has(numberOf(node))) unfold(numberOf(node));
  else if (node) choose({ node: numberOf(node) });
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
canvas.on("afterDrawing", (brush) => {
  if (scene.lit) veil(brush);
  drawLabels(brush, canvas, scene, covered());
});

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

/** Choose a node on the way; while the end of a path is asked for, only Enter chooses that. */
function step(node) {
  if (state.picking === null) choose({ node });
  else change({ chosen: { node } });
}

/** The next node in a direction from the chosen one, or the busiest to begin with. */
export function walk(dx, dy) {
  const spots = canvas.getPositions();
  const here = state.chosen && spots[`n${state.chosen.node}`];
  if (!here) {
    const busiest = [...scene.nodes].sort((a, b) => b[1] - a[1])[0];
    return busiest && step(busiest[0]);
  }
  let best = null;
  for (const [id, spot] of Object.entries(spots)) {
    const along = (spot.x - here.x) * dx + (spot.y - here.y) * dy;
    const aside = Math.abs((spot.x - here.x) * dy) + Math.abs((spot.y - here.y) * dx);
    const cost = along + 2.2 * aside;
    if (along > 1 && (!best || cost < best.cost)) best = { id, cost };
  }
  return best && step(numberOf(best.id));
}
