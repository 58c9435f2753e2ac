// What the page was given, and small ways to look at it.

const read = (id) => JSON.parse(document.getElementById(id).textContent);

export const given = read("network");
export const data = read("data");
const { nodes, facts, docs, hubs, kinds, relations, statuses } = data;
export { nodes, facts, docs, hubs, kinds, relations, statuses };

export const kindOf = new Map(kinds.map((kind) => [kind.id, kind]));
export const statusOf = new Map(statuses.map((status) => [status.id, status]));

/** How facts have changed, where two graphs are compared; empty on any other page. */
export const changes = data.changes ?? [];
export const changeOf = new Map(changes.map((change) => [change.id, change]));

/** What a line looks like: what has changed where that is asked, else how it is told. */
export const lookOf = (line) => changeOf.get(line.change) ?? statusOf.get(line.status);
export const OTHER = { id: "", label: "Other things", shape: "dot", color: "#8A8F98", dark: "#9AA3B2" };

/** Letters only as they sound: no accents, no case, so that "turkiye" finds "Türkiye". */
export function folded(text) {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const twins = { ı: "i", ł: "l", ø: "o", đ: "d", ß: "ss", æ: "ae", œ: "oe", "’": "'", "‑": "-" };
  return plain.replace(/[ıłøđßæœ’‑]/g, (letter) => twins[letter]);
}

/** Days since 1970, or null for what is no date. */
export function dayNumber(text) {
  const time = text ? Date.parse(`${text.slice(0, 10)}T00:00:00Z`) : NaN;
  return Number.isNaN(time) ? null : Math.round(time / 86400000);
}

export const dayText = (day) => new Date(day * 86400000).toISOString().slice(0, 10);

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** "16 May 2025": the same in every browser, whatever its language. */
export function dayName(text) {
  const [year, month, day] = text.slice(0, 10).split("-");
  return month ? `${Number(day)} ${MONTHS[Number(month) - 1]} ${year}` : text;
}

/** One EDTF date in words, as precise as it is: "2025", "Mar 2022", "16 May 2025". */
function edtfPart(text) {
  const [year, month, day] = text.split("-");
  if (day) return dayName(text);
  return month ? `${MONTHS[Number(month) - 1] ?? month} ${year}` : year;
}

function edtfName(text) {
  const [from, to] = text.split("/");
  if (to === undefined) return edtfPart(from);
  if (from === "..") return `until ${edtfPart(to)}`;
  return to === ".." ? `from ${edtfPart(from)}` : `${edtfPart(from)} – ${edtfPart(to)}`;
}

/** A stretch of days in words, as precise as the source where it says so in EDTF. */
export function whenName(when, edtf = null) {
  if (edtf && /^[-0-9./]+$/.test(edtf)) return edtfName(edtf);
  if (!when) return "undated";
  return when[0] === when[1] ? dayName(when[0]) : `${dayName(when[0])} – ${dayName(when[1])}`;
}

export const many = (count, one, more = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : more}`;

facts.forEach((fact, i) => {
  fact.i = i;
  const from = dayNumber(fact.when && fact.when[0]);
  const to = dayNumber(fact.when && fact.when[1]);
  fact.days = from === null || to === null ? null : [from, to];
  fact.key = fact.claims.length ? fact.claims[0].id : `${nodes[fact.s].id} ${fact.p} ${fact.o === null ? fact.v : nodes[fact.o].id}`;
});

export const factsOf = nodes.map(() => []);
facts.forEach((fact) => {
  factsOf[fact.s].push(fact);
  if (fact.o !== null && fact.o !== fact.s) factsOf[fact.o].push(fact);
});

export const nodeById = new Map(nodes.map((node, i) => [node.id, i]));
export const factByKey = new Map(facts.flatMap((fact) => [fact.key, ...fact.claims.map((claim) => claim.id)].map((key) => [key, fact.i])));
export const docById = new Map(docs.map((doc, i) => [doc.id, i]));

/** When a fact is, in the words of the event that dates it. */
export function factWhen(fact) {
  const ends = [fact.s, fact.o].filter((end) => end !== null).map((end) => nodes[end]);
  const dated = ends.find((node) => node.when && node.edtf && node.when.join() === (fact.when ?? []).join());
  return whenName(fact.when, dated && dated.edtf);
}

/** The words of a status mark; an attributed fact says by whom. */
export function markName(fact, mark) {
  const speakers = new Set(fact.claims.flatMap((claim) => claim.by));
  if (mark !== "attributed" || !speakers.size) return statusOf.get(mark).label;
  return `said by ${[...speakers].map((speaker) => nodes[speaker].label).join(", ")}`;
}

/** A fact as a line of text. */
export function sentence(fact) {
  const end = fact.o === null ? `“${fact.v}”` : nodes[fact.o].label;
  return `${nodes[fact.s].label} ${fact.phrase} ${end}`;
}
