// Labels: always the same size on the screen, the important ones first, none on top of another.

import { lookOf, nodes, relations } from "./data.js";
import { state } from "./state.js";
import { paint, tint } from "./theme.js";

const FACE = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
/** On a wall or a very wide screen names are larger, as the panels are (style.css). */
const large = () => (innerWidth >= 2400 ? 1.4 : 1);
const lineHeight = () => 15 * large();
const verbs = new Map(relations.map((relation) => [relation.id, relation.label]));
const wrapped = new Map();

/** Break a name into at most three lines of about 22 letters. */
function wrap(text) {
  if (wrapped.has(text)) return wrapped.get(text);
  const lines = [];
  for (const word of text.split(/\s+/)) {
    const end = lines.length - 1;
    if (end >= 0 && (lines[end] + word).length < 23) lines[end] += ` ${word}`;
    else lines.push(word.length > 34 ? `${word.slice(0, 33)}…` : word);
  }
  if (lines.length > 3) lines.splice(3, lines.length, `${lines.splice(2, 1)[0]} …`);
  wrapped.set(text, lines.slice(0, 3));
  return wrapped.get(text);
}

/** Remembers taken boxes in a coarse grid. */
class Taken {
  cells = new Map();

  * around(box) {
    for (let x = Math.floor(box.left / 80); x <= Math.floor(box.right / 80); x += 1) {
      for (let y = Math.floor(box.top / 40); y <= Math.floor(box.bottom / 40); y += 1) yield `${x},${y}`;
    }
  }

  add(box) {
    for (const cell of this.around(box)) {
      if (!this.cells.has(cell)) this.cells.set(cell, []);
      this.cells.get(cell).push(box);
    }
  }

  /** Whether nothing lies there yet; an important name may lie over nodes, never over another name. */
  free(box, { overNodes = false } = {}) {
    for (const cell of this.around(box)) {
      for (const other of this.cells.get(cell) ?? []) {
        const apart = box.right <= other.left || box.left >= other.right || box.bottom <= other.top || box.top >= other.bottom;
        if (!apart && other.of !== box.of && !(overNodes && other.node)) return false;
      }
    }
    return true;
  }
}

const widths = new Map();

function widthOf(brush, text) {
  const key = brush.font + text;
  if (!widths.has(key)) widths.set(key, brush.measureText(text).width);
  return widths.get(key);
}

/** Places for a label around its node: below, above, right, left. */
function boxes(spot, frame, width, height) {
  const { reach } = spot;
  const at = (left, top) => ({ left, top, right: left + width, bottom: top + height });
  const around = [
    at(spot.x - width / 2, spot.y + reach + 3), at(spot.x - width / 2, spot.y - reach - 3 - height),
    at(spot.x + reach + 5, spot.y - height / 2), at(spot.x - reach - 5 - width, spot.y - height / 2),
  ];
  const inside = around.filter((box) => box.left >= 0 && box.right <= frame.width && box.top >= 0 && box.bottom <= frame.height);
  return inside.length ? inside : around.slice(0, 1);
}

function write(brush, lines, box, colour) {
  brush.textAlign = "center";
  brush.textBaseline = "middle";
  brush.lineJoin = "round";
  brush.lineWidth = 4;
  brush.strokeStyle = paint("stage");
  brush.fillStyle = colour;
  lines.forEach((line, i) => {
    brush.direction = /^[^\p{L}]*[\u0590-\u08ff]/u.test(line) ? "rtl" : "ltr";
    const [x, y] = [(box.left + box.right) / 2, box.top + lineHeight() * (i + 0.5)];
    brush.strokeText(line, x, y);
    brush.fillText(line, x, y);
  });
}

function order(scene) {
  const weight = (i) => {
    if (state.chosen && state.chosen.node === i) return 1e9;
    if (scene.hovered === `n${i}`) return 1e8;
    return (scene.lit && scene.lit.nodes.has(i) ? 1e6 : 0) + (scene.nodes.get(i) ?? 0);
  };
  const open = scene.lit ? [...scene.nodes.keys()].filter((i) => scene.lit.nodes.has(i) || scene.hovered === `n${i}`) : [...scene.nodes.keys()];
  return open.sort((a, b) => weight(b) - weight(a) || a - b);
}

function nodeLabels(brush, spots, scene, taken, frame) {
  for (const [rank, i] of order(scene).entries()) {
    const spot = spots.get(i);
    if (!spot.seen) continue;
    const main = (state.chosen && state.chosen.node === i) || scene.hovered === `n${i}`;
    brush.font = `${main ? `600 ${14 * large()}px` : `${13 * large()}px`} ${FACE}`;
    const lines = wrap(nodes[i].label);
    const open = nodes[i].status && !["held", "ongoing"].includes(nodes[i].status) ? [...lines, `(${nodes[i].status})`] : [...lines];
    const inside = scene.folded.get(i);
    if (inside) open.push(`+ ${inside.length.toLocaleString("en")} folded`);
    const width = Math.max(...open.map((line) => widthOf(brush, line)));
    const places = boxes(spot, frame, width + 8, open.length * lineHeight()).map((box) => ({ ...box, of: i }));
    const box = places.find((place) => taken.free(place))
      ?? (rank < 12 && open.length === 1 ? places.find((place) => taken.free(place, { overNodes: true })) : null) ?? (main ? places[0] : null);
    if (!box) continue;
    taken.add(box);
    write(brush, open, box, paint("ink"));
  }
}

function middle(canvas, line) {
  const edge = canvas.body.edges[line.id];
  return edge ? edge.edgeType.getPoint(0.5) : null;
}

/** The sign of a status on its line; with words when near, chosen or under the pointer. */
function lineLabels(brush, canvas, scene, taken, toScreen, spots) {
  const near = canvas.getScale() > 1.15 && state.view === "full";
  brush.font = `${12 * large()}px ${FACE}`;
  for (const line of scene.lines.values()) {
    const status = lookOf(line);
    const lit = scene.lit ? scene.lit.lines.has(line.id) : false;
    if (scene.lit && !lit) continue;
    const worded = line.fact && (near || lit || scene.hovered === line.id) && (!lit || scene.lit.lines.size <= 24);
    if (!worded && !status.sign) continue;
    const [a, b] = line.ends.map((end) => spots.get(end));
    const length = Math.hypot(a.x - b.x, a.y - b.y);
    const mark = status.sign ? `${status.sign} ` : "";
    const verb = line.fact ? (line.fact.negated ? line.fact.phrase : verbs.get(line.fact.p)) : "";
    const word = worded ? `${mark}${verb}${status.sign ? ` (${status.label})` : ""}` : status.sign;
    const width = widthOf(brush, word) + 10;
    if (length < (worded ? Math.min(width + 30, 120) : 44)) continue;
    const spot = middle(canvas, line);
    if (!spot) continue;
    const { x, y } = toScreen(spot);
    const box = { left: x - width / 2, right: x + width / 2, top: y - 9, bottom: y + 9, of: line.id };
    if (!taken.free(box)) continue;
    taken.add(box);
    pill(brush, box, word, status.sign ? tint(status) : paint("soft"));
  }
}

function pill(brush, box, word, colour) {
  brush.beginPath();
  brush.roundRect(box.left, box.top, box.right - box.left, 18, 9);
  brush.fillStyle = paint("stage");
  brush.fill();
  brush.lineWidth = 1;
  brush.strokeStyle = paint("rule");
  brush.stroke();
  brush.fillStyle = colour;
  brush.textAlign = "center";
  brush.textBaseline = "middle";
  brush.fillText(word, (box.left + box.right) / 2, (box.top + box.bottom) / 2 + 0.5);
}

/** Draw all labels over the picture that vis-network has just drawn. */
export function drawLabels(brush, canvas, scene, { aside, below, above }) {
  const turn = brush.getTransform();
  const ratio = turn.a / canvas.getScale();
  const toScreen = ({ x, y }) => ({ x: (x * turn.a + turn.e) / ratio, y: (y * turn.d + turn.f) / ratio });
  const [width, height] = [canvas.canvas.frame.clientWidth - aside, canvas.canvas.frame.clientHeight - below];
  const taken = new Taken();
  const spots = new Map();
  for (const i of scene.nodes.keys()) {
    const body = canvas.body.nodes[`n${i}`];
    const spot = toScreen(body);
    spot.reach = body.options.size * canvas.getScale();
    spot.seen = spot.x > -60 && spot.y > -60 && spot.x < width + 60 && spot.y < height + 60;
    spots.set(i, spot);
    const { x, y, reach } = spot;
    const lit = !scene.lit || scene.lit.nodes.has(i);
    if (spot.seen && lit) taken.add({ left: x - reach, right: x + reach, top: y - reach, bottom: y + reach, of: i, node: true });
  }
  taken.add({ left: width - 62, right: width, top: height - 130, bottom: height, of: "zoom buttons" });
  taken.add({ left: 0, right: above ? width : 0, top: 0, bottom: above, of: "notice" });
  brush.save();
  brush.setTransform(ratio, 0, 0, ratio, 0, 0);
  nodeLabels(brush, spots, scene, taken, { width, height });
  lineLabels(brush, canvas, scene, taken, toScreen, spots);
  brush.restore();
}
