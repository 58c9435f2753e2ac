// The button that copies a citation; it is shown only where it works.

const button = document.querySelector("#copy");
const citation = document.querySelector("#citation");
const copied = document.querySelector("#copied");

button.hidden = false;
button.addEventListener("click", async () => {
  try {
    await navigator.clipboard.writeText(citation.textContent);
    copied.textContent = "Copied.";
  } catch {
    // No right to the clipboard: mark the words, so that the reader's own keys copy them.
    getSelection().selectAllChildren(citation);
    copied.textContent = "Marked; copy with Ctrl+C.";
  }
});
