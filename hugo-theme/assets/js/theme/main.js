/**
 * Every behaviour of the theme. Each looks for its own markup and does nothing without it.
 *
 * The constants are set by the build: what a site has not turned on is not in its bundle.
 */
import copyCode from "./copy.js";
import menus from "./menus.js";
import scheme from "./scheme.js";
import search from "./search-open.js";
import symbols from "./symbols-open.js";
import tabs from "./tabs.js";
import toc from "./toc.js";
import versions from "./versions-open.js";
import { beside, words } from "./words.js";

const findSymbols = () =>
  symbols(document, { script: beside(words.symbols), style: beside(words.symbolsStyle), index: beside(words.symbolsIndex) });

const run = (start) => {
  try {
    start();
  } catch (error) {
    console.error(error); // one broken behaviour must not take the others down
  }
};

run(menus);
run(tabs);
run(toc);
run(copyCode);
if (SCHEME) run(scheme);
if (SEARCH) run(search);
if (VERSIONS) run(versions);
if (SYMBOLS) run(findSymbols);
