// Search: names and aliases, accents folded; arrows and Enter choose.

import { folded, kindOf, factsOf, nodes, OTHER } from "./data.js";
import { byId, make, shapeIcon } from "./dom.js";
import { choose } from "./state.js";
import { tint } from "./theme.js";

const field = byId("search");
const list = byId("found");
const MOST = 12;
let hits = [];
let at = -1;

const index = nodes.map((node) => [node.label, ...node.aliases].map((name) => ({ name, plain: folded(name) })));

/** How well a node answers: start of a name before start of a word before anywhere. */
function answerOf(i, wanted) {
  let best = null;
  for (const { name, plain } of index[i]) {
    const place = plain.indexOf(wanted);
    if (place < 0) continue;
    const grade = place === 0 ? 0 : plain[place - 1] === " " ? 1 : 2;
    if (!best || grade < best.grade) best = { i, name, grade };
  }
  return best;
}

function look() {
  const wanted = folded(field.value.trim());
  const all = wanted ? nodes.map((_, i) => answerOf(i, wanted)).filter(Boolean) : [];
  all.sort((a, b) => a.grade - b.grade || factsOf[b.i].length - factsOf[a.i].length || a.i - b.i);
  hits = all.slice(0, MOST);
  at = hits.length ? 0 : -1;
  show(all.length, wanted);
}

function option({ i, name }, n) {
  const kind = kindOf.get(nodes[i].kind) ?? OTHER;
  return make("li", { role: "option", id: `hit-${n}`, "aria-selected": n === at ? "true" : "false",
    onpointerdown: (event) => { event.preventDefault(); take(n); } },
    shapeIcon(kind.shape, tint(kind)),
    make("span", { dir: "auto" }, nodes[i].label, name === nodes[i].label ? null : make("small", {}, ` “${name}”`)),
    make("small", {}, nodes[i].type));
}

function show(total, wanted) {
  const rest = total > MOST ? make("li", { class: "rest" }, `and ${total - MOST} more: type on`) : null;
  const none = wanted && !total ? make("li", { class: "rest" }, "Nothing has this name.") : null;
  list.replaceChildren(...[...hits.map(option), rest, none].filter(Boolean));
  list.hidden = !list.children.length;
  field.setAttribute("aria-expanded", String(!list.hidden));
  if (at >= 0) field.setAttribute("aria-activedescendant", `hit-${at}`);
  else field.removeAttribute("aria-activedescendant");
}

function take(n) {
  if (!hits[n]) return;
  const { i } = hits[n];
  close();
  field.value = "";
  byId("graph").focus();
  choose({ node: i });
}

function close() {
  list.hidden = true;
  field.setAttribute("aria-expanded", "false");
  field.removeAttribute("aria-activedescendant");
}

function step(by) {
  if (!hits.length) return;
  at = (at + by + hits.length) % hits.length;
  [...list.querySelectorAll("[role=option]")].forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
  field.setAttribute("aria-activedescendant", `hit-${at}`);
}

field.addEventListener("input", look);
field.addEventListener("focus", look);
field.addEventListener("blur", close);
field.addEventListener("keydown", (event) => {
  const act = { ArrowDown: () => step(1), ArrowUp: () => step(-1), Enter: () => take(at), Escape: () => { close(); field.value = ""; byId("graph").focus(); } }[event.key];
  if (!act) return;
  event.preventDefault();
  event.stopPropagation();
  act();
});
