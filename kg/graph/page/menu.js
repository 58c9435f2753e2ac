// Menus: a button that opens a box beneath it; Escape, a press elsewhere or a choice closes it.

import { byId } from "./dom.js";

/** Make a menu of a button and its box; what is done when it opens is up to the caller. */
export function menu(openerId, boxId, opening = () => {}) {
  const [opener, box] = [byId(openerId), byId(boxId)];
  const open = (on) => {
    box.hidden = !on;
    opener.setAttribute("aria-expanded", String(on));
    if (on) opening(box);
  };
  opener.addEventListener("click", () => open(box.hidden));
  document.addEventListener("pointerdown", (event) => {
    if (!opener.parentElement.contains(event.target)) open(false);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || box.hidden) return;
    open(false);
    opener.focus();
    event.stopPropagation();
  }, { capture: true });
  return { box, close: () => open(false) };
}
