// The only place where elements are made: text is set as text, and only web addresses become links.

/** Make an element. A string child becomes text; properties that start with "on" are listeners. */
export function make(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = "http://www.w3.org/2000/svg";

export function makeSvg(tag, properties = {}, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(properties)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** A link to the web where the address is one, else its words alone. */
export function webLink(address, words) {
  let url = null;
  try {
    url = new URL(address);
  } catch {
    return make("span", {}, words);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") return make("span", {}, words);
  return make("a", { href: url.href, rel: "noopener noreferrer", target: "_blank" }, words);
}

/** A link to a page of the site that this page is part of; the site gave its path. */
export function siteLink(path, words, properties = {}) {
  return /^\/[a-z]/.test(path ?? "") ? make("a", { href: path, ...properties }, words) : null;
}

export const byId = (id) => document.getElementById(id);

export function button(words, listener, properties = {}) {
  return make("button", { type: "button", onclick: listener, ...properties }, words);
}

let toastTimer = 0;

/** Say something briefly at the foot of the page. */
export function toast(words) {
  const place = byId("toast");
  place.textContent = words;
  place.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => place.classList.remove("shown"), 2200);
}

/** The sign of a kind, drawn small. */
export function shapeIcon(shape, color) {
  const outlines = {
    square: "2,2 14,2 14,14 2,14",
    diamond: "8,0.5 15.5,8 8,15.5 0.5,8",
    triangle: "8,1 15.5,14.5 0.5,14.5",
    triangleDown: "8,15 0.5,1.5 15.5,1.5",
    hexagon: "4,1.5 12,1.5 15.8,8 12,14.5 4,14.5 0.2,8",
    star: "8,0.5 10.2,5.6 15.7,6 11.5,9.7 12.8,15.2 8,12.2 3.2,15.2 4.5,9.7 0.3,6 5.8,5.6",
  };
  const paint = { fill: color, stroke: "currentColor", "stroke-opacity": 0.35 };
  const inner = outlines[shape]
    ? makeSvg("polygon", { points: outlines[shape], ...paint })
    : makeSvg("circle", { cx: 8, cy: 8, r: 7, ...paint });
  return makeSvg("svg", { class: "icon", viewBox: "-1 -1 18 18", width: 16, height: 16, "aria-hidden": "true" }, inner);
}

/** A short piece of the line of a status. */
export function lineIcon(status, color) {
  const line = makeSvg("line", { x1: 0, y1: 8, x2: 30, y2: 8, stroke: color, "stroke-width": 2, "stroke-dasharray": status.dash.join(" ") });
  return makeSvg("svg", { class: "icon", viewBox: "0 0 30 16", width: 30, height: 16, "aria-hidden": "true" }, line);
}
