/** `/go/?q=np.linspace` leads to that name's page; a browser's address bar can ask it (OpenSearch). */
import { address } from "./symbols.js";
import { search } from "../symbol-search.js";

const tag = document.querySelector("script[data-symbols-index]");
const index = new URL(tag.dataset.symbolsIndex, document.baseURI).href;
const say = (sentence) => (document.querySelector("[data-go]").textContent = sentence);
const query = (new URLSearchParams(location.search).get("q") || "").trim();

if (!query) {
  say("Add a name to the address, such as ?q=np.linspace");
} else {
  try {
    const found = await search(query, { base: index, limit: 1 });
    const href = found.length && address(found[0], index);
    if (href) location.replace(href);
    else say(`Nothing is called “${query}”.`);
  } catch {
    say("The list of names could not be loaded. Are you offline?");
  }
}
