// Answers every query of a folder from its graph.ttl with Comunica: NAME.rq gives NAME.srj, or NAME.answer.nt for a graph.
import { createWriteStream, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { pipeline } from "node:stream/promises";

const [installed, folder] = process.argv.slice(2);
const require = createRequire(`${installed}/`);
const { QueryEngine } = require("@comunica/query-sparql-rdfjs");
const { Parser, Store } = require("n3");

const store = new Store(new Parser().parse(readFileSync(`${folder}/graph.ttl`, "utf8")));
console.log(store.size);
const engine = new QueryEngine();
for (const name of readdirSync(folder).filter((each) => each.endsWith(".rq"))) {
  const answer = await engine.query(readFileSync(`${folder}/${name}`, "utf8"), { sources: [store] });
  const rows = answer.resultType === "bindings";
  const { data: text } = await engine.resultToString(answer, rows ? "application/sparql-results+json" : "application/n-triples");
  await pipeline(text, createWriteStream(`${folder}/${name.replace(/\.rq$/, rows ? ".srj" : ".answer.nt")}`));
}
