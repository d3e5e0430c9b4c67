/** Every behaviour of the theme. Each looks for its own markup and does nothing without it. */
import copyCode from "./copy.js";
import menus from "./menus.js";
import scheme from "./scheme.js";
import search from "./search-open.js";
import tabs from "./tabs.js";
import toc from "./toc.js";
import versions from "./versions-open.js";

for (const start of [scheme, menus, tabs, toc, copyCode, search, versions]) {
  try {
    start(document);
  } catch (error) {
    console.error(error); // one broken behaviour must not take the others down
  }
}
