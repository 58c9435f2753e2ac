// What is shown as Turtle: the facts, the claims they rest on, and what these are about, as in the graph.

import { data, docs, facts, nodes } from "./data.js";
import { wholeIri } from "./cite.js";

const DIP = data.prefixes.dip;
const iri = (text) => `<${text}>`;
const short = (id) => iri(wholeIri(id));
const text = (words) => JSON.stringify(words).replace(/[\u007f-\u009f\u2028\u2029]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`);
const objectOf = (fact) => (fact.o === null ? fact.ttl : iri(nodes[fact.o].iri));

function plainLines(fact) {
  const [forth, back] = fact.holds;
  const [subject, object] = [iri(nodes[fact.s].iri), objectOf(fact)];
  return [forth ? `${subject} ${iri(fact.p)} ${object} .` : null, back ? `${object} ${iri(fact.p)} ${subject} .` : null].filter(Boolean);
}

function claimLines(claim, fact) {
  const lines = [
    `${short(claim.id)} a dip:Claim`, `rdf:subject ${iri(nodes[fact.s].iri)}`, `rdf:predicate ${iri(fact.p)}`, `rdf:object ${objectOf(fact)}`,
    `dip:modality dip:${claim.modality}`, `dip:negated ${claim.negated}`,
    claim.doc === null ? null : `dip:reportedIn ${short(docs[claim.doc].id)}`,
    claim.by.length ? `dip:attributedTo ${claim.by.map((i) => iri(nodes[i].iri)).join(", ")}` : null,
    claim.passages.length ? `dip:evidence ${claim.passages.map(([id]) => short(id)).join(", ")}` : null, claim.ttl,
  ].filter(Boolean);
  return `${lines.join(" ;\n  ")} .`;
}

/** A passage with its words; the text around it never leaves the project folder. */
function passageLines(claim) {
  return claim.passages.map(([id, begin, end, inText], n) => [id, [
    `${short(id)} a dip:Passage`, `nif:anchorOf ${text(claim.quotes[n])}`,
    begin === null ? null : `nif:beginIndex "${begin}"^^xsd:nonNegativeInteger`, end === null ? null : `nif:endIndex "${end}"^^xsd:nonNegativeInteger`,
    claim.doc === null || !inText ? null : `nif:referenceContext ${short(docs[claim.doc].id)}`,
  ].filter(Boolean).join(" ;\n  ") + " ."]);
}

/** Write these facts, with the numbers of what is in the text in its first line. */
export function turtleOf(shown) {
  const chosen = [...shown].sort((a, b) => a - b).map((i) => facts[i]);
  const claims = chosen.flatMap((fact) => fact.claims.map((claim) => [claim, fact]));
  const things = new Set(chosen.flatMap((fact) => [fact.s, fact.o, ...fact.claims.flatMap((claim) => claim.by)]).filter((i) => i !== null));
  const read = new Set(claims.map(([claim]) => claim.doc).filter((doc) => doc !== null));
  const passages = new Map(claims.flatMap(([claim]) => passageLines(claim)));
  const described = (id, ttl) => (ttl ? [`${id} ${ttl} .`] : []);
  return [
    `# ${chosen.length} facts, ${claims.length} claims; namespace of the ontology: ${DIP}`,
    ...Object.entries(data.prefixes).map(([name, namespace]) => `@prefix ${name}: ${iri(namespace)} .`), "",
    ...[...things].sort((a, b) => a - b).flatMap((i) => described(iri(nodes[i].iri), nodes[i].ttl)), "",
    ...new Set(chosen.flatMap(plainLines)), "",
    ...claims.map(([claim, fact]) => claimLines(claim, fact)), "",
    ...passages.values(), "",
    ...[...read].sort((a, b) => a - b).flatMap((i) => described(short(docs[i].id), docs[i].ttl)), "",
  ].join("\n");
}
