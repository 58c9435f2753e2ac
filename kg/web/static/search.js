// Suggestions under the search box. Without this script Enter leads to the page of results, as with it.

const box = document.querySelector("#q");
const list = document.querySelector("#suggestions");
const said = document.querySelector("#suggestion-count");
let hits = [];
let chosen = -1;
let asking = null;
let waiting = 0;

box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-controls", list.id);
box.setAttribute("aria-expanded", "false");

function close() {
  list.hidden = true;
  chosen = -1;
  box.setAttribute("aria-expanded", "false");
  box.removeAttribute("aria-activedescendant");
}

function option(hit, at) {
  const item = document.createElement("li");
  item.id = `suggestion-${at}`;
  item.setAttribute("role", "option");
  item.setAttribute("aria-selected", "false");
  const name = document.createElement("bdi");
  name.textContent = hit.name === hit.label ? hit.label : `${hit.name} (${hit.label})`;
  const kind = document.createElement("span");
  kind.className = "small";
  kind.textContent = hit.kind;
  item.append(name, kind);
  // mousedown, because the box loses the focus before a click arrives
  item.addEventListener("mousedown", (event) => { event.preventDefault(); follow(at); });
  return item;
}

function show(found) {
  hits = found;
  chosen = -1;
  list.replaceChildren(...hits.map(option));
  list.hidden = hits.length === 0;
  box.setAttribute("aria-expanded", String(hits.length > 0));
  box.removeAttribute("aria-activedescendant");
  said.textContent = hits.length === 1 ? "1 suggestion" : `${hits.length} suggestions`;
}

function choose(at) {
  list.children[chosen]?.setAttribute("aria-selected", "false");
  chosen = (at + hits.length) % hits.length;
  const item = list.children[chosen];
  item.setAttribute("aria-selected", "true");
  item.scrollIntoView({ block: "nearest" });
  box.setAttribute("aria-activedescendant", item.id);
}

/** Go to a suggestion; only addresses of this site are followed. */
function follow(at) {
  const to = new URL(hits[at].href, location.origin);
  if (to.origin === location.origin) location.assign(to);
}

async function ask() {
  const text = box.value.trim();
  asking?.abort();
  if (text === "") return close();
  asking = new AbortController();
  try {
    const answer = await fetch(`/suggest?q=${encodeURIComponent(text)}`, { signal: asking.signal });
    if (answer.ok) show(await answer.json());
  } catch (error) {
    if (error.name !== "AbortError") close();
  }
}

box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 120);
});
box.addEventListener("keydown", (event) => {
  const steps = { ArrowDown: 1, ArrowUp: -1 };
  if (event.key in steps && !list.hidden) {
    event.preventDefault();
    choose(chosen === -1 && event.key === "ArrowUp" ? -1 : chosen + steps[event.key]);
  } else if (event.key === "ArrowDown") {
    event.preventDefault();
    ask();
  } else if (event.key === "Enter" && chosen >= 0) {
    event.preventDefault();
    follow(chosen);
  } else if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    close();
  }
});
box.addEventListener("blur", close);
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    box.focus();
  }
});
