// Reads a GraphML file with graphology; prints its nodes and edges with all that they carry, as JSON.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [installed, path] = process.argv.slice(2);
const require = createRequire(`${installed}/`);
const { MultiDirectedGraph } = require("graphology");
const graphml = require("graphology-graphml");

const graph = graphml.parse(MultiDirectedGraph, readFileSync(path, "utf8"));
console.log(
  JSON.stringify({
    nodes: graph.mapNodes((name, attributes) => [name, attributes]),
    edges: graph.mapEdges((_, attributes, source, target) => [source, target, attributes]),
  }),
);
