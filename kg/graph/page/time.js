// The dates below: a histogram on a true time axis, a range, and a switch for what has no date.

import { dayName, dayText, facts, many } from "./data.js";
import { byId, make, makeSvg } from "./dom.js";
import { change, onChange, span, state } from "./state.js";

const place = byId("time");
const BINS = 72;

const undatedCount = facts.filter((fact) => fact.days === null).length;
const box = make("input", { type: "checkbox", id: "undated", onchange: () => change({ undated: box.checked }) });
const switchLabel = make("label", { class: "switch" }, box, `undated (${undatedCount})`);

function bars() {
  const width = (span.to - span.from) / BINS;
  const counts = new Array(BINS).fill(0);
  for (const fact of facts) {
    if (fact.days) counts[Math.min(BINS - 1, Math.floor((fact.days[0] - span.from) / width))] += 1;
  }
  const most = Math.max(...counts);
  return counts.map((count, i) => {
    const height = count ? 3 + 25 * Math.sqrt(count / most) : 0;
    const bar = makeSvg("rect", { x: i * 10 + 1, y: 30 - height, width: 8, height, "data-from": span.from + i * width, "data-to": span.from + (i + 1) * width });
    const words = `${many(count, "fact")} from ${dayName(dayText(Math.floor(span.from + i * width)))}`;
    bar.append(makeSvg("title", {}, words));
    return bar;
  });
}

/** Months or years that divide the axis into a few parts. */
function ticks() {
  const days = span.to - span.from;
  const months = [1, 2, 3, 6, 12, 24, 60, 120, 240].find((step) => days / (step * 30.4) <= 9) ?? 600;
  const found = [];
  const start = new Date(span.from * 86400000);
  for (let month = 0; ; month += 1) {
    const date = new Date(Date.UTC(start.getUTCFullYear(), month, 1));
    const day = date.getTime() / 86400000;
    if (day > span.to) return found;
    if (day < span.from || (date.getUTCFullYear() * 12 + date.getUTCMonth()) % months) continue;
    const name = dayName(date.toISOString()).split(" ");
    found.push({ day, name: months >= 12 ? name[2] : name.slice(1).join(" ") });
  }
}

function handle(name, other) {
  const words = name === "from" ? "First day" : "Last day";
  const range = make("input", { type: "range", min: span.from, max: span.to, step: 1, "aria-label": words, class: name, value: span[name],
    oninput: () => {
      const day = Number(range.value);
      change({ [name]: name === "from" ? Math.min(day, state[other]) : Math.max(day, state[other]) });
    } });
  return range;
}

function tickMarks() {
  return ticks().map(({ day, name }) => {
    const mark = make("span", { class: "tick" }, name);
    const share = (day - span.from) / (span.to - span.from);
    mark.style.left = `${share * 100}%`;
    if (share < 0.05) mark.classList.add("first");
    return mark;
  });
}

function build() {
  if (!span) {
    place.append(switchLabel, make("p", { class: "small" }, facts.length ? "No fact here has a date." : ""));
    return () => { box.checked = state.undated; };
  }
  const chart = makeSvg("svg", { viewBox: `0 0 ${BINS * 10} 30`, preserveAspectRatio: "none", class: "bars", "aria-hidden": "true" }, ...bars());
  const [from, to] = [handle("from", "to"), handle("to", "from")];
  const fill = make("i", { class: "fill" });
  const words = make("output", { class: "range-words" });
  const track = make("div", { class: "track" }, fill, from, to);
  place.append(switchLabel, make("div", { class: "axis" }, chart, track, make("div", { class: "ticks", "aria-hidden": "true" }, tickMarks())), words);
  return () => {
    [from.value, to.value, box.checked] = [state.from, state.to, state.undated];
    const share = (day) => ((day - span.from) / (span.to - span.from)) * 100;
    fill.style.left = `${share(state.from)}%`;
    fill.style.right = `${100 - share(state.to)}%`;
    words.textContent = `${dayName(dayText(state.from))} – ${dayName(dayText(state.to))}`;
    from.setAttribute("aria-valuetext", dayName(dayText(state.from)));
    to.setAttribute("aria-valuetext", dayName(dayText(state.to)));
    for (const bar of chart.children) {
      bar.classList.toggle("out", Number(bar.dataset.to) < state.from || Number(bar.dataset.from) > state.to);
    }
  };
}

onChange(build());
