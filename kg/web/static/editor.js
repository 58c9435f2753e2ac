// The SPARQL editor: Yasgui's editor and its table of results, around our own endpoint and nothing else.
const { Yasqe, Yasr } = globalThis.Yasgui;
const ENDPOINT = "/sparql";
const START = `SELECT ?event ?label WHERE {
  ?event a/rdfs:subClassOf* dip:Event ; rdfs:label ?label .
} LIMIT 20`;

const known = await (await fetch("/sparql-editor/known.json")).json();

function declared(names) {
  return names.map((name) => `PREFIX ${name}: <${known.prefixes[name]}>`).join("\n");
}

// As shipped, these ask lov.linkeddata.es, or offer what prefix.cc once held.
function completeFromHere() {
  const own = {
    prefixes: Object.entries(known.prefixes).map(([name, iri]) => `${name}: <${iri}>`),
    property: known.properties,
    class: known.classes,
  };
  for (const [name, get] of Object.entries(own)) {
    Yasqe.registerAutocompleter({ ...Yasqe.Autocompleters[name], get, persistenceId: null });
  }
}

function linkTo(yasqe) {
  return `${location.origin}${location.pathname}#query=${encodeURIComponent(yasqe.getValue())}`;
}

// A link brings a query, never an endpoint, and never runs it.
function queryOfLink() {
  return new URLSearchParams(location.hash.slice(1)).get("query");
}

function makeEditor() {
  return new Yasqe(document.getElementById("editor"), {
    value: queryOfLink() ?? `${declared(["dip", "rdfs"])}\n${START}`,
    requestConfig: {
      endpoint: ENDPOINT,
      method: "POST",
      acceptHeaderGraph: "text/turtle",
      acceptHeaderSelect: "application/sparql-results+json",
    },
    autocompleters: ["variables", "prefixes", "property", "class"],
    consumeShareLink: null,
    createShareableLink: linkTo,
    persistenceId: null,
    prefixCcApi: null,
  });
}

// What the server says is wrong, in its words.
async function explain(error) {
  const box = document.createElement("p");
  let said = { what: error.text ?? String(error) };
  try {
    said = JSON.parse(said.what);
  } catch {
    // not from our endpoint: the network failed
  }
  box.textContent = [said.what?.replace(/\.?$/, "."), said.hint].filter(Boolean).join(" ");
  return box;
}

function makeResults() {
  return new Yasr(document.getElementById("results"), {
    errorRenderers: [explain],
    persistenceId: null,
    prefixes: known.prefixes,
  });
}

// Things of the graph have a page here; their IRIs need not lead anywhere.
function openHere(event) {
  const link = event.target.closest("a.iri");
  if (link?.href.startsWith(known.base)) {
    event.preventDefault();
    location.assign(`/entity/${link.href.slice(known.base.length)}`);
  }
}

function offerExamples(yasqe) {
  const list = document.getElementById("example");
  list.append(...known.examples.map(({ name, question }) => new Option(question, name)));
  list.addEventListener("change", () => {
    const chosen = known.examples.find(({ name }) => name === list.value);
    if (chosen) yasqe.setValue(chosen.text);
  });
  const asked = new URLSearchParams(location.search).get("example");
  if (known.examples.some(({ name }) => name === asked)) {
    list.value = asked;
    list.dispatchEvent(new Event("change"));
  }
}

const NAMES = {
  "#editor .CodeMirror textarea": "SPARQL query",
  "#editor .CodeMirror-scroll": "Lines of the query",
  "#results .CodeMirror textarea": "Answer as text",
  "#results .CodeMirror-scroll": "Lines of the answer",
  "#results .tableSizer": "Rows at a time",
  "#results .tableFilter": "Only rows with",
  ".CodeMirror-hints": "Completions",
};

// What Yasgui makes without a name, and what it lets scroll without a key that gets there.
function nameForReaders() {
  for (const [where, name] of Object.entries(NAMES)) {
    for (const part of document.querySelectorAll(where)) part.setAttribute("aria-label", name);
  }
  for (const part of document.querySelectorAll(".CodeMirror-scroll")) {
    part.setAttribute("role", "group");
    part.tabIndex = 0;
  }
  for (const title of document.querySelectorAll("#results th .dt-column-title:empty")) {
    title.classList.add("unseen");
    title.textContent = "Number";
  }
}

function keepNaming() {
  nameForReaders();
  new MutationObserver(nameForReaders).observe(document.body, { childList: true, subtree: true });
}

// Tab leaves the editor, as it leaves any field: nobody is caught in it.
function letGo(yasqe) {
  yasqe.setOption("extraKeys", { ...yasqe.getOption("extraKeys"), Tab: false, "Shift-Tab": false });
}

completeFromHere();
const yasqe = makeEditor();
const yasr = makeResults();
yasqe.on("queryResponse", (_, response, duration) => yasr.setResponse(response, duration));
document.getElementById("results").addEventListener("click", openHere);
addEventListener("hashchange", () => {
  const query = queryOfLink();
  if (query !== null) yasqe.setValue(query);
});
keepNaming();
letGo(yasqe);
offerExamples(yasqe);
document.documentElement.dataset.ready = "yes";
