/**
 * Puts a search button at the end of the ecosystem bar, where a site has an index of symbols.
 * What it opens is loaded on use.
 *
 * @param {Document} document
 * @param {{script: string, style: string, index: string}} where Addresses of symbols.js, its style sheet and the index's folder.
 */
export default function symbols(document, where) {
  const bar = document.querySelector("[data-ecosystem-nav]");
  if (!bar) return;
  const button = Object.assign(document.createElement("button"), { type: "button", innerHTML: "Find<span> a function</span>", ariaLabel: "Find a function" });
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", async () => (await import(where.script)).open(where, button));
  bar.append(button);
}
