// Light or dark: as the system says, until the reader says otherwise.

import { byId } from "./dom.js";

const wish = matchMedia("(prefers-color-scheme: dark)");
const listeners = [];

export const isDark = () => (document.documentElement.dataset.theme ?? (wish.matches ? "dark" : "light")) === "dark";

const colours = new Map();

/** A colour of the style sheet as it is now. */
export function paint(name) {
  if (!colours.has(name)) colours.set(name, getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim());
  return colours.get(name);
}

/** The colour of an outline: the fill, darker by a third. */
export function darker(colour) {
  const parts = [1, 3, 5].map((at) => Math.round(parseInt(colour.slice(at, at + 2), 16) * 0.62));
  return `rgb(${parts.join(",")})`;
}

export const tint = (entry) => (isDark() ? entry.dark : entry.color);

export const onTheme = (listener) => listeners.push(listener);

function tell() {
  colours.clear();
  listeners.forEach((listener) => listener());
}

export function switchTheme() {
  document.documentElement.dataset.theme = isDark() ? "light" : "dark";
  tell();
}

// On paper it is always light.
let beforePaper = null;
addEventListener("beforeprint", () => {
  if (!isDark()) return;
  beforePaper = document.documentElement.dataset.theme ?? "";
  document.documentElement.dataset.theme = "light";
  tell();
});
addEventListener("afterprint", () => {
  if (beforePaper === null) return;
  if (beforePaper) document.documentElement.dataset.theme = beforePaper;
  else delete document.documentElement.dataset.theme;
  beforePaper = null;
  tell();
});

wish.addEventListener("change", tell);
byId("theme").addEventListener("click", switchTheme);
