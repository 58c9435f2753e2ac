// What the reader takes away: picture, drawing, rows, link.

import { changes, docs, given, kindOf, lookOf, nodes, OTHER } from "./data.js";
import { copy } from "./cite.js";
import { make, makeSvg, toast } from "./dom.js";
import { canvas } from "./draw.js";
import { scene } from "./looks.js";
import { tableFacts } from "./sheets.js";
import { menu } from "./menu.js";
import { paint, tint } from "./theme.js";
import { shown } from "./filter.js";
import { turtleOf } from "./turtle.js";

const fileName = (ending) => `${given.title.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "graph"}.${ending}`;

function download(blob, ending) {
  const link = make("a", { href: URL.createObjectURL(blob), download: fileName(ending) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
  toast(`${link.download} saved`);
}

/** The picture as it stands, on its background. */
export function picture() {
  const drawn = canvas.canvas.frame.canvas;
  const sheet = make("canvas", { width: drawn.width, height: drawn.height });
  const brush = sheet.getContext("2d");
  brush.fillStyle = paint("stage");
  brush.fillRect(0, 0, sheet.width, sheet.height);
  brush.drawImage(drawn, 0, 0);
  return sheet;
}

/** One field of a row; what a spreadsheet would take for a formula gets a quote mark before it. */
function field(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const HEAD = ["subject", "relation", "object", "status", "from", "to", "confidence", "sources", "said by", "quote", "article", "publisher", "published", "claim", ...(changes.length ? ["change"] : [])];

/** The facts shown, one a row, with the passage and article of the first claim. */
export function rows() {
  const lines = tableFacts().map((fact) => {
    const claim = fact.claims[0];
    const doc = claim && claim.doc !== null ? docs[claim.doc] : {};
    const by = claim ? claim.by.map((i) => nodes[i].label).join("; ") : "";
    const ids = fact.claims.map((one) => one.id).join(" ");
    return [nodes[fact.s].label, fact.phrase, fact.o === null ? fact.v : nodes[fact.o].label, fact.marks.join(" "),
      ...(fact.when ?? ["", ""]), fact.confidence, fact.sources, by, claim?.quotes[0], doc.title, doc.publisher, doc.date, ids, ...(changes.length ? [[fact.change, ...fact.changes.map(([, words]) => words)].filter(Boolean).join("; ")] : [])];
  });
  return [HEAD, ...lines].map((line) => line.map(field).join(",")).join("\r\n") + "\r\n";
}

/** The facts shown with all their claims, as Turtle. */
export const turtle = () => turtleOf(shown().facts);

function outline(shape, x, y, r) {
  const around = (count, turn) => Array.from({ length: count }, (_, i) => turn + (i * 2 * Math.PI) / count);
  const corners = { square: around(4, Math.PI / 4), diamond: around(4, 0), triangle: around(3, -Math.PI / 2), triangleDown: around(3, Math.PI / 2), hexagon: around(6, 0), star: around(10, -Math.PI / 2) }[shape];
  if (!corners) return makeSvg("circle", { cx: x, cy: y, r });
  const reach = (i) => (shape === "square" ? r * 1.41 : shape === "star" && i % 2 ? r * 0.45 : r);
  const points = corners.map((angle, i) => `${(x + reach(i) * Math.cos(angle)).toFixed(1)},${(y + reach(i) * Math.sin(angle)).toFixed(1)}`);
  return makeSvg("polygon", { points: points.join(" ") });
}

/** What is shown as a drawing that can be scaled and edited. */
export function drawing() {
  const spots = canvas.getPositions();
  const at = (i) => spots[`n${i}`];
  const all = Object.values(spots);
  const [left, top] = ["x", "y"].map((axis) => Math.min(0, ...all.map((spot) => spot[axis])) - 90);
  const [right, bottom] = ["x", "y"].map((axis) => Math.max(0, ...all.map((spot) => spot[axis])) + 90);
  const sheet = makeSvg("svg", { xmlns: "http://www.w3.org/2000/svg", viewBox: `${left} ${top} ${right - left} ${bottom - top}`, "font-family": "system-ui, sans-serif", "font-size": 13 });
  sheet.append(makeSvg("title", {}, given.title), makeSvg("rect", { x: left, y: top, width: right - left, height: bottom - top, fill: paint("stage") }));
  for (const line of scene.lines.values()) {
    const [a, b] = line.ends.map(at);
    const status = lookOf(line);
    sheet.append(makeSvg("line", { x1: a.x, y1: a.y, x2: b.x, y2: b.y, stroke: tint(status), "stroke-width": 1.4, "stroke-dasharray": status.dash.join(" ") }));
    if (status.sign) sheet.append(makeSvg("text", { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, "text-anchor": "middle", fill: tint(status) }, status.sign));
  }
  for (const i of scene.nodes.keys()) {
    const kind = kindOf.get(nodes[i].kind) ?? OTHER;
    const shape = outline(kind.shape, at(i).x, at(i).y, 11);
    shape.setAttribute("fill", tint(kind));
    shape.setAttribute("stroke", paint("node-border"));
    sheet.append(shape, makeSvg("text", { x: at(i).x, y: at(i).y + 27, "text-anchor": "middle", fill: paint("ink") }, nodes[i].label));
  }
  return new XMLSerializer().serializeToString(sheet);
}

const ACTS = {
  png: () => (canvas.canvas.frame.canvas.width ? picture().toBlob((blob) => download(blob, "png"), "image/png") : toast("Open a graph view first")),
  svg: () => download(new Blob([drawing()], { type: "image/svg+xml" }), "svg"),
  csv: () => download(new Blob(["\ufeff", rows()], { type: "text/csv" }), "csv"),
  turtle: () => download(new Blob([turtle()], { type: "text/turtle" }), "ttl"),
  link: () => copy(location.href, "Link"),
};

const exports = menu("export", "export-menu");
exports.box.addEventListener("click", (event) => {
  const name = event.target.dataset.export;
  if (!name) return;
  exports.close();
  ACTS[name]();
});
