// Reads each file named on a line of standard input with N3.js; one line of JSON for each: its triples, or the error.
import { createInterface } from "node:readline";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const { Parser, DataFactory } = createRequire(process.argv[2] + "/")("n3");

function plain(term) {
  if (term.termType !== "Literal") return [term.termType, term.value];
  return ["Literal", term.value, term.language, term.datatype.value];
}

for await (const line of createInterface({ input: process.stdin })) {
  const [path, format] = JSON.parse(line);
  try {
    const parser = new Parser({ format, blankNodePrefix: "" });
    const quads = parser.parse(readFileSync(path, "utf8"));
    console.log(JSON.stringify(quads.map((quad) => [quad.subject, quad.predicate, quad.object].map(plain))));
  } catch (error) {
    console.log(JSON.stringify({ error: error.message }));
  }
}
