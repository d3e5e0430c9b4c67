/**
 * `/go/?q=np.linspace` leads to that name's page; a browser's address bar can ask it (OpenSearch).
 * A mere guess is no reason to leave the site: then the page lists what resembles the query.
 */
import { address } from "./symbols.js";
import { search } from "../symbol-search.js";

const tag = document.querySelector("script[data-symbols-index]");
const index = new URL(tag.dataset.symbolsIndex, document.baseURI).href;
const status = document.querySelector("[data-go]");
const say = (sentence) => (status.textContent = sentence);
const query = (new URLSearchParams(location.search).get("q") || "").trim();

const item = ({ title, project, href }) => {
  const item = document.createElement("li"), link = document.createElement("a");
  Object.assign(link, { href, textContent: title });
  item.append(link, ` in ${project}`);
  return item;
};

if (!query) {
  say("Add a name to the address, such as ?q=np.linspace");
} else {
  try {
    const found = (await search(query, { base: index, limit: 10 })).map((one) => ({ ...one, href: address(one, index) })).filter((one) => one.href);
    if (found[0]?.good) location.replace(found[0].href);
    else {
      say(`Nothing is called “${query}”.${found.length ? " These come near it:" : ""}`);
      const list = document.createElement("ul");
      list.append(...found.map(item));
      if (found.length) status.after(list);
    }
  } catch {
    say("The list of names could not be loaded. Are you offline?");
  }
}
