// Puts the parts together and starts the page from its link.

import { byId } from "./dom.js";
import { facts, statuses } from "./data.js";
// The legend before the picture, which leaves room for the notice that the legend writes.
import "./legend.js";
import { shown } from "./filter.js";
import { canvas } from "./draw.js";
import { wanted } from "./lines.js";
import "./keys.js";
import { scene } from "./looks.js";
import "./panel.js";
import { chosenPath } from "./path.js";
import "./saved.js";
import { drawing, picture, rows, turtle } from "./save.js";
import "./search.js";
import "./sheets.js";
import { change, choose, fromLink, onChange, state, written } from "./state.js";
import "./time.js";

const views = [...document.querySelectorAll("[data-view]")];
for (const view of views) view.addEventListener("click", () => change({ view: view.dataset.view }, { undoable: true }));

onChange(() => {
  for (const view of views) view.setAttribute("aria-pressed", String(view.dataset.view === state.view));
});

const opener = byId("open-filters");
opener.addEventListener("click", () => {
  const open = document.body.classList.toggle("filters-open");
  opener.setAttribute("aria-expanded", String(open));
});
byId("open-panel").addEventListener("click", () => document.body.classList.toggle("panel-open"));
byId("graph").addEventListener("pointerdown", () => {
  document.body.classList.remove("filters-open");
  opener.setAttribute("aria-expanded", "false");
});

addEventListener("hashchange", () => {
  if (location.hash.slice(1) !== written()) fromLink();
});

fromLink();

// For tests and for the curious: the page's own answers.
window.diplomacyPage = Object.freeze({ canvas, scene, state, shown, rows, picture, drawing, turtle, chosenPath, wanted, choose, facts, statuses });
document.documentElement.dataset.ready = "yes";
