// For each line of standard input, a text and a selector: what Apache Annotator selects in the text, as JSON.
import { createInterface } from "node:readline";
import { createRequire } from "node:module";

const installed = process.argv[2];
const { textPositionSelectorMatcher, textQuoteSelectorMatcher } = createRequire(`${installed}/`)("@apache-annotator/selector");

const matchers = { TextPositionSelector: textPositionSelectorMatcher, TextQuoteSelector: textQuoteSelectorMatcher };

// A text in one piece, as the library asks for texts.
function chunker(text) {
  const chunk = { data: text, equals: (other) => other === chunk };
  return { currentChunk: chunk, nextChunk: () => null, previousChunk: () => null, precedesCurrentChunk: () => false };
}

for await (const line of createInterface({ input: process.stdin })) {
  const { text, selector } = JSON.parse(line);
  const found = [];
  for await (const { startIndex, endIndex } of matchers[selector.type](selector)(chunker(text))) {
    found.push([[...text.slice(0, startIndex)].length, text.slice(startIndex, endIndex)]);
  }
  console.log(JSON.stringify(found));
}
