// Reads Turtle 1.2 with N3.js; prints every triple term that something reifies, as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [installed, path] = process.argv.slice(2);
const { Parser } = createRequire(`${installed}/`)("n3");

function plain(term) {
  if (term.termType !== "Literal") return [term.termType, term.value, "", ""];
  return ["Literal", term.value, term.language, term.datatype.value];
}

const quads = new Parser().parse(readFileSync(path, "utf8"));
const terms = quads.filter((quad) => quad.predicate.value.endsWith("#reifies")).map((quad) => quad.object);
console.log(JSON.stringify(terms.map((term) => [term.subject, term.predicate, term.object].map(plain))));
