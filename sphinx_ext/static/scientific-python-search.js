// Load the search index once somebody types a query, not with every page.
(() => {
  const index = new URL("../searchindex.js", document.currentScript.src).href;
  let asked = false;
  const load = () => {
    if (asked) return;
    asked = true;
    document.head.append(Object.assign(document.createElement("script"), { src: index }));
  };
  // Typing begins the download; the results page then finds it in the cache.
  addEventListener("input", (event) => {
    if (event.target.matches?.('input[name="q"]')) load();
  });
  // Sphinx means its links to be read from the root: relate them to this page.
  const root = document.documentElement.dataset.content_root ?? "";
  const relate = () => {
    for (const link of document.querySelectorAll("#pst-search-dialog #search-results a")) {
      const href = link.getAttribute("href");
      if (!/^([a-z]+:|\/|#)/i.test(href) && !href.startsWith(root)) link.setAttribute("href", root + href);
    }
  };
  addEventListener("DOMContentLoaded", () => {
    const dialog = document.getElementById("pst-search-dialog");
    if (dialog) new MutationObserver(relate).observe(dialog, { childList: true, subtree: true });
  });
  // Sphinx keeps a query that comes before the index, and answers it when the index arrives.
  if (typeof Search !== "undefined" && Search.deferQuery) {
    const later = Search.deferQuery;
    Search.deferQuery = (query) => {
      later.call(Search, query);
      load();
    };
  }
})();
