// Reads JSON-LD with jsonld.js, whose contexts come from a file; prints N-Quads, or the annotations framed anew.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [installed, path, contextUrl, contextPath, what] = process.argv.slice(2);
const jsonld = createRequire(`${installed}/`)("jsonld");
const context = JSON.parse(readFileSync(contextPath, "utf8"));

async function documentLoader(url) {
  if (url !== contextUrl) throw new Error(`asked for ${url}`);
  return { contextUrl: null, documentUrl: url, document: context };
}

const document = JSON.parse(readFileSync(path, "utf8"));
const quads = await jsonld.toRDF(document, { documentLoader, format: "application/n-quads" });
if (what === "quads") {
  process.stdout.write(quads);
} else {
  // As the frame of the W3C's working group has it: annotations with their bodies and targets in them.
  const whole = { "@embed": "@always" };
  const frame = { "@context": contextUrl, type: "Annotation", body: whole, target: { ...whole, selector: whole } };
  const options = { documentLoader, omitGraph: false, omitDefault: true };
  const expanded = await jsonld.fromRDF(quads, { format: "application/n-quads", useNativeTypes: true });
  const framed = await jsonld.frame(expanded, frame, options);
  console.log(JSON.stringify(framed["@graph"]));
}
