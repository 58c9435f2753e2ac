// Cards: a fact as a sentence, its status in words, and each quote with where it stands.

import { changeOf, dayName, docs, facts, factWhen, folded, many, markName, nodes, sentence, statusOf } from "./data.js";
import { claimCitation, copy, factCitation, wholeIri } from "./cite.js";
import { button, make, siteLink, webLink } from "./dom.js";
import { choose, state } from "./state.js";
import { tint } from "./theme.js";

export function nodeButton(i) {
  return button(nodes[i].label, () => choose({ node: i }), { class: "link", dir: "auto" });
}

export function factButton(i) {
  return button(sentence(facts[i]), () => choose({ fact: i }), { class: "link", dir: "auto" });
}

/** All words by which a thing may be named in a quote, the longest first. */
function namesOf(i) {
  const names = [nodes[i].label, ...nodes[i].aliases];
  if (nodes[i].type === "Person") names.push(nodes[i].label.split(/\s+/).pop());
  return names.filter((name) => name.length > 2).sort((a, b) => b.length - a.length);
}

/** Letters of a quote, each folded by itself, with its place in the quote. */
function lettersOf(text) {
  const letters = [];
  let at = 0;
  for (const letter of text) {
    for (const plain of folded(letter)) letters.push({ plain, at, end: at + letter.length });
    at += letter.length;
  }
  return letters;
}

function stretches(quote, ends) {
  const letters = lettersOf(quote);
  const plain = letters.map((letter) => letter.plain).join("");
  const isLetter = (at) => /[\p{L}\p{N}]/u.test(plain[at] ?? " ");
  const found = [];
  for (const [role, i] of ends) {
    for (const name of namesOf(i).map(folded)) {
      for (let at = plain.indexOf(name); at >= 0; at = plain.indexOf(name, at + name.length)) {
        if (isLetter(at - 1) || isLetter(at + name.length)) continue;
        const piece = { role, from: letters[at].at, to: letters[at + name.length - 1].end };
        if (found.every((other) => piece.to <= other.from || piece.from >= other.to)) found.push(piece);
      }
    }
  }
  return found.sort((a, b) => a.from - b.from);
}

/** The quote, with the words for subject and object marked. */
function marked(quote, fact) {
  const ends = [["subject", fact.s]];
  if (fact.o !== null) ends.push(["object", fact.o]);
  const pieces = [];
  let at = 0;
  for (const { role, from, to } of stretches(quote, ends)) {
    pieces.push(quote.slice(at, from), make("mark", { class: role }, quote.slice(from, to)));
    at = to;
  }
  return make("blockquote", { dir: "auto" }, ...pieces, quote.slice(at));
}

function sourceLine(doc) {
  const { id, title, publisher, date, url, page } = docs[doc];
  const rest = [publisher, date && dayName(date)].filter(Boolean);
  return make("p", { class: "source" }, state.off.docs.has(id) ? make("span", { class: "badge" }, "switched off") : null, state.off.docs.has(id) ? " " : null, siteLink(page, title) ?? (url ? webLink(url, title) : make("span", {}, title)), rest.length ? ` · ${rest.join(" · ")}` : " · undated");
}

function manner(claim) {
  const words = [];
  if (claim.modality === "Expected") words.push("as planned");
  if (claim.modality === "Possible") words.push("as possible");
  if (claim.modality === "Conditional") words.push("on a condition");
  if (claim.negated) words.push("as not so");
  const told = words.length ? `Told ${words.join(", ")}. ` : "";
  return claim.by.length ? `${told}Said by ${claim.by.map((i) => nodes[i].label).join(", ")}. ` : told;
}

function claimBlock(claim, fact) {
  return make("div", { class: "claim" },
    ...claim.quotes.map((quote) => marked(quote, fact)),
    claim.doc === null ? null : sourceLine(claim.doc),
    make("p", { class: "small" }, manner(claim), `confidence ${claim.confidence.toFixed(2)} `,
      button(claim.id, () => copy(wholeIri(claim.id), "Claim id"), { class: "code", title: "Copy the claim id" }),
      button("cite", () => copy(claimCitation(claim, fact), "Citation"), { class: "code", title: "Copy sentence, source, date and claim id" }),
      siteLink(claim.page, "its page")));
}

export function markBadge(mark, words) {
  const status = statusOf.get(mark);
  const badge = make("span", { class: `badge ${mark}`, title: status.means }, status.sign ? `${status.sign} ${words}` : words);
  badge.style.setProperty("--tone", tint(status));
  return badge;
}

function changeBadge(kind, words) {
  const change = changeOf.get(kind);
  const badge = make("span", { class: "badge change", title: change.means }, [change.sign, change.label, words ? `(${words})` : null].filter(Boolean).join(" "));
  badge.style.setProperty("--tone", tint(change));
  badge.style.borderStyle = kind === "lost" ? "dotted" : "dashed";
  return badge;
}

/** What has changed of a fact, as badges; nothing on a page that compares nothing. */
export const changeBadges = (fact) => (fact.changes ?? []).map(([kind, words]) => changeBadge(kind, words));

function badges(fact) {
  return fact.marks.filter((mark) => mark !== "stated").map((mark) => markBadge(mark, markName(fact, mark)));
}

function meter(fact) {
  if (fact.confidence === null) return null;
  const bar = make("span", { class: "meter", "aria-hidden": "true" }, make("i"));
  bar.firstChild.style.width = `${fact.confidence * 100}%`;
  return make("span", { class: "sure", title: "How sure we are to have read it right" }, bar, fact.confidence.toFixed(2));
}

function related(words, list) {
  if (!list.length) return null;
  return make("div", { class: "related" }, make("p", { class: "small" }, words), make("ul", {}, list.map((i) => make("li", {}, factButton(i), quoteOf(i)))));
}

/** The first sentence that a fact rests on, with its source. */
function quoteOf(i) {
  const claim = facts[i].claims.find((one) => one.quotes.length);
  return claim ? [marked(claim.quotes[0], facts[i]), claim.doc === null ? null : sourceLine(claim.doc)] : null;
}

/** One fact with everything behind it; the first quote is open, the others one step away. */
export function card(fact) {
  const end = fact.o === null ? make("q", { dir: "auto" }, fact.v) : nodeButton(fact.o);
  const claims = fact.claims.map((claim) => claimBlock(claim, fact));
  const more = claims.slice(1);
  const derived = [...new Set(fact.claims.flatMap((claim) => claim.derived))];
  const against = [...new Set(fact.claims.flatMap((claim) => claim.against))];
  return make("article", { class: "card", "data-fact": fact.i },
    make("p", { class: "says", dir: "auto" }, nodeButton(fact.s), " ", make("strong", {}, fact.phrase), " ", end),
    make("p", { class: "meta" }, ...changeBadges(fact), ...badges(fact), make("span", {}, factWhen(fact)), meter(fact),
      fact.sources ? make("span", {}, many(fact.sources, "source")) : null,
      button("Cite the fact", () => copy(factCitation(fact), "Citation"), { class: "link cite", title: "Copy the fact with all its claims" })),
    claims[0] ?? make("p", { class: "small" }, statusOf.get(fact.status).means),
    more.length ? make("details", {}, make("summary", {}, `${many(more.length, "more passage")}`), ...more) : null,
    related("Cannot hold together with", against),
    related("Derived from", derived));
}

/** Many cards, forty at a time; how many are still to come is always said. */
export function cards(list, { step = 40 } = {}) {
  const place = make("div", { class: "cards" });
  const add = (from) => {
    place.append(...list.slice(from, from + step).map((i) => card(facts[i])));
    const rest = list.length - from - step;
    if (rest <= 0) return;
    const next = button(`Show ${Math.min(step, rest)} of ${many(rest, "more fact")}`, () => { next.remove(); add(from + step); }, { class: "wide" });
    place.append(next);
  };
  add(0);
  return place;
}
