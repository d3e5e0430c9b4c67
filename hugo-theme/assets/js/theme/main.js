/** Every behaviour of the theme. Each looks for its own markup and does nothing without it. */
import "./ecosystem.js";
import copyCode from "./copy.js";
import menus from "./menus.js";
import scheme from "./scheme.js";
import search from "./search-open.js";
import symbols from "./symbols-open.js";
import tabs from "./tabs.js";
import toc from "./toc.js";
import versions from "./versions-open.js";
import { beside, self, words } from "./words.js";

const findSymbols = () => {
  const { symbols: script, symbolsStyle: style, symbolsIndex: index } = words;
  if (script) symbols(document, { script: beside(script), style: beside(style), index: beside(index) });
};

for (const start of [scheme, menus, tabs, toc, copyCode, search, versions, findSymbols]) {
  try {
    start(document);
  } catch (error) {
    console.error(error); // one broken behaviour must not take the others down
  }
}
