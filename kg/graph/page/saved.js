// Views that the reader has given a name: kept by the browser where it lets a page keep something.

import { given } from "./data.js";
import { copy } from "./cite.js";
import { button, make, toast } from "./dom.js";
import { menu } from "./menu.js";
import { fromLink, written } from "./state.js";

const KEY = `diplomacy-kg views: ${given.title}`;

/** The names with their links; null where nothing may be kept. */
function kept() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return found && typeof found === "object" && !Array.isArray(found) ? found : {};
  } catch {
    return null;
  }
}

function keep(views) {
  try {
    localStorage.setItem(KEY, JSON.stringify(views));
    return true;
  } catch {
    return false;
  }
}

function go(link) {
  try {
    history.replaceState(null, "", `#${link}`);
  } catch {
    location.hash = link;
  }
  fromLink();
}

function line(name, link, views) {
  const remove = () => {
    const { [name]: _, ...rest } = views;
    keep(rest);
    fill();
    box.box.querySelector("input").focus();
  };
  return make("li", { class: "row" },
    button(name, () => { box.close(); go(String(link)); }, { class: "link", dir: "auto" }),
    button("Remove", remove, { class: "only", "aria-label": `Remove ${name}` }));
}

function form(views) {
  const field = make("input", { id: "view-name", maxlength: 80, autocomplete: "off" });
  const save = (event) => {
    event.preventDefault();
    const name = field.value.trim();
    if (!name) return;
    toast(keep({ ...views, [name]: written() }) ? `View “${name}” saved` : "This browser keeps nothing for a page: copy the link instead");
    fill();
  };
  return make("form", { onsubmit: save }, make("label", { for: "view-name" }, "Name of this view"), field, make("button", { type: "submit" }, "Save"));
}

function fill() {
  const views = kept();
  const names = Object.keys(views ?? {}).sort((a, b) => a.localeCompare(b, "en"));
  const words = views === null ? "This browser keeps nothing for this page. The link holds the whole view:" : names.length ? null : "No view saved yet. The link holds the whole view as well.";
  box.box.replaceChildren(...[
    views === null ? null : form(views),
    names.length ? make("ul", {}, names.map((name) => line(name, views[name], views))) : null,
    words && make("p", { class: "small" }, words),
    button("Copy link to this view", () => { box.close(); copy(location.href, "Link"); }),
  ].filter(Boolean));
}

const box = menu("saved", "saved-menu", fill);
