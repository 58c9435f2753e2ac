/* What the theme does not tell people who hear or walk through a page with the keyboard. */
let blocks = 0;
const tell = () => {
  document.querySelector(".md-search")?.setAttribute("aria-label", "Search");
  document.querySelectorAll(".md-code__nav, .md-nav--primary .md-nav").forEach((part) => {
    if (part.hasAttribute("aria-label")) return;
    const heading = document.getElementById(part.getAttribute("aria-labelledby"))?.textContent.trim();
    part.setAttribute("aria-label", heading ? `Pages: ${heading}` : `Copy, block ${blocks += 1}`);
    part.removeAttribute("aria-labelledby");
  });
  for (const code of document.querySelectorAll("pre > code")) {
    if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
  }
};
tell();
new MutationObserver(tell).observe(document.body, { childList: true, subtree: true });
