// The keyboard, and the page of help that tells about it.

import { statuses } from "./data.js";
import { byId, button, lineIcon, make } from "./dom.js";
import { fitAll, walk, zoom } from "./draw.js";
import { scene } from "./looks.js";
import { closePanel } from "./panel.js";
import { choose, focusOn, pick, state, undo, unfold } from "./state.js";
import { switchTheme, tint } from "./theme.js";

const dialog = byId("keys");

const KEYS = [
  ["/", "Find a name"], ["← ↑ → ↓", "Walk from node to node"], ["Enter", "Only the neighbours of the chosen node"],
  ["o", "Open or fold what is folded into the chosen node"],
  ["p", "Path from the chosen node: walk or search to the other end, then Enter"],
  ["Esc", "One step back"], ["+  −  0", "Closer, farther, all"], ["t", "Light or dark"], ["?", "This help"],
];

function help() {
  dialog.replaceChildren(
    make("h2", { id: "keys-title" }, "How to read this page"),
    make("p", {}, "In the Actors view two names are tied when they have a part in the same event, stance or text; delegations are folded into those they stand for. The Full view draws every fact between two things as an arrow. Timeline and Table show the same facts as text."),
    make("h3", {}, "Keys"),
    make("dl", {}, KEYS.flatMap(([key, words]) => [make("dt", {}, make("kbd", {}, key)), make("dd", {}, words)])),
    make("h3", {}, "How a fact is told"),
    make("dl", {}, statuses.flatMap((status) => [make("dt", {}, lineIcon(status, tint(status)), ` ${status.label} ${status.sign}`), make("dd", {}, status.means)])),
    button("Close", () => dialog.close(), { autofocus: true }));
  dialog.showModal();
}

function escape() {
  if (state.picking !== null) {
    pick(null);
    return;
  }
  if (undo()) return;
  closePanel();
  document.body.classList.remove("filters-open");
}

const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

const ACTS = {
  "/": () => byId("search").focus(), p: () => state.chosen && "node" in state.chosen && pick(state.chosen.node),
  "?": help, t: switchTheme, 0: fitAll, Escape: escape,
  o: () => state.chosen && "node" in state.chosen && (scene.folded.has(state.chosen.node) || state.opened.has(state.chosen.node)) && unfold(state.chosen.node),
  "+": () => zoom(1.25), "=": () => zoom(1.25), "-": () => zoom(0.8),
};

function onGraph(event) {
  if (ARROWS[event.key]) walk(...ARROWS[event.key]);
  else if (event.key === "Enter" && state.chosen && "node" in state.chosen) (state.picking === null ? focusOn(state.chosen.node) : choose(state.chosen));
  else return false;
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const typing = event.target.closest("textarea, input:not([type=checkbox]):not([type=range])");
  if (typing) return;
  const here = event.target === byId("graph") && onGraph(event);
  const act = here ? null : ACTS[event.key];
  if (!here && !act) return;
  event.preventDefault();
  if (act) act();
});

byId("help").addEventListener("click", help);
byId("zoom").addEventListener("click", (event) => {
  const name = event.target.dataset.zoom;
  if (name === "fit") fitAll();
  else if (name) zoom(name === "in" ? 1.25 : 0.8);
});
