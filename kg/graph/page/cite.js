// What a reader copies: a fact or a claim as it is cited, by the clipboard or, where that is refused, by hand.

import { data, docs, factWhen, nodes, sentence, statusOf } from "./data.js";
import { button, byId, make, toast } from "./dom.js";

/** The whole IRI of a claim or an article. */
export const wholeIri = (id) => (/^[a-z][a-z0-9+.-]*:/i.test(id) ? id : data.base + id);

function told(claim) {
  const how = { Expected: "told as planned", Possible: "told as possible", Conditional: "told on a condition" }[claim.modality];
  return [how, claim.negated ? "denied" : null, claim.by.length ? `said by ${claim.by.map((i) => nodes[i].label).join(", ")}` : null,
    `read with confidence ${claim.confidence.toFixed(2)}`].filter(Boolean).join("; ");
}

/** A claim as it is cited: the sentence, its source and day, what was read from it, and which claim that is. */
export function claimCitation(claim, fact) {
  const doc = claim.doc === null ? null : docs[claim.doc];
  const source = doc ? [doc.title, doc.publisher, doc.date ?? "undated", doc.url].filter(Boolean).join(", ") : "inferred by a rule";
  const quotes = claim.quotes.map((quote) => `“${quote}”`).join(" ");
  return `${quotes}${quotes ? " " : ""}— ${source}. Fact: ${sentence(fact)} (${told(claim)}). Claim ${wholeIri(claim.id)}`;
}

/** A fact with all its claims; one that has none says so and names its ends. */
export function factCitation(fact) {
  const how = fact.marks.map((mark) => statusOf.get(mark).label).join(", ");
  const head = `${sentence(fact)} [${how}; ${factWhen(fact)}]`;
  if (fact.claims.length) return [head, ...fact.claims.map((claim) => claimCitation(claim, fact))].join("\n");
  const ends = [nodes[fact.s].iri, fact.p, fact.o === null ? fact.v : nodes[fact.o].iri];
  return `${head}\n${statusOf.get(fact.status).means} ${ends.join(" ")}`;
}

/** Copy by way of a field that is gone at once; false where the browser refuses that as well. */
function copyByField(text) {
  const before = document.activeElement;
  const field = make("textarea", { class: "unseen", "aria-hidden": "true" });
  field.value = text;
  document.body.append(field);
  field.select();
  try {
    return document.execCommand("copy");
  } catch {
    return false;
  } finally {
    field.remove();
    before?.focus({ preventScroll: true });
  }
}

/** Show the text, selected, to be copied by hand. */
function copyByHand(text, what) {
  const dialog = byId("copying");
  const field = make("textarea", { readonly: true, rows: 7, "aria-label": what, dir: "auto" });
  field.value = text;
  dialog.replaceChildren(make("h2", { id: "copying-title" }, `Copy by hand: ${what}`),
    make("p", {}, "This browser does not let a page copy. The text is selected: press Ctrl+C (⌘C)."), field,
    button("Close", () => dialog.close()));
  dialog.showModal();
  field.focus();
  field.select();
}

/** Copy a text and say so; where no way is allowed, show it to be copied by hand. */
export async function copy(text, what) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    if (!copyByField(text)) {
      copyByHand(text, what);
      return;
    }
  }
  toast(`${what} copied`);
}
