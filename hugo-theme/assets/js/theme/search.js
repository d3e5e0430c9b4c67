/**
 * Full-text search: a combobox over a Pagefind index. Loaded when the dialog first opens.
 *
 * Nothing found, no index and no script engine for it each end in a sentence, never in silence.
 */
const WAIT = 120; // ms after the last key
const PAGES = 8; // fetched at a time

let pagefind;

/** The index lies two steps up from this script, in whatever sub-path the site has. */
const index = (script) => {
  const root = new URL("../", script);
  pagefind ||= import(new URL("pagefind/pagefind.js", root).href).then(async (api) => {
    await api.options({ baseUrl: root.pathname, excerptLength: 22 });
    await api.init();
    return api;
  });
  return pagefind;
};

/** Text of an excerpt with its marks, and nothing else of its HTML. */
const marked = (html) => {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  const out = Object.assign(document.createElement("span"), { className: "sp-search-excerpt" });
  for (const node of parsed.body.childNodes) {
    if (node.localName === "mark") {
      out.append(Object.assign(document.createElement("mark"), { textContent: node.textContent }));
    } else {
      out.append(node.textContent);
    }
  }
  return out;
};

const option = (id, { url, title, page, excerpt }) => {
  const link = Object.assign(document.createElement("a"), { href: url, id, tabIndex: -1 });
  link.role = "option";
  link.ariaSelected = "false";
  const heading = Object.assign(document.createElement("span"), { className: "sp-search-title" });
  const name = title.replace(/#$/, ""); // the mark of a heading's own link
  heading.textContent = page && page !== name ? `${page} › ${name}` : name;
  link.append(heading, marked(excerpt));
  return link;
};

/** A page counts once; of its sections the best that is not its beginning is a result of its own. */
const flatten = (found) =>
  found.flatMap((page) => {
    const title = page.meta.title || page.url;
    const rest = page.sub_results.filter((part) => part.url !== page.url);
    const best = rest.slice(0, 2).map(({ url, title: name, excerpt }) => ({ url, title: name, page: title, excerpt }));
    return [{ url: page.url, title, excerpt: page.excerpt }, ...best];
  });

const wire = (dialog, script) => {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const status = dialog.querySelector("[role=status]");
  const { found, none, unavailable, hint } = dialog.dataset;
  let timer;
  let turn = 0; // an answer that comes late must not replace a newer one
  let shown = 0; // the turn whose results are listed
  let asked; // what was asked for last, until it is shown
  let rest = []; // pages found and not yet fetched
  let fetching = false;

  const select = (chosen) => {
    for (const one of list.children) one.ariaSelected = String(one === chosen);
    if (chosen) {
      input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };

  const show = (results, sentence) => {
    shown = turn;
    list.replaceChildren();
    add(results);
    status.textContent = sentence;
    select(list.firstElementChild);
  };

  const add = (results) => {
    list.append(...results.map((result, i) => option(`sp-search-${list.childElementCount + i}`, result)));
    list.hidden = !list.firstChild;
    input.ariaExpanded = String(!list.hidden);
  };

  /** "Results: 11+" while there are more. */
  const count = (n) => found.replace("%n", n + (rest.length ? "+" : ""));

  const fetched = () => Promise.all(rest.splice(0, PAGES).map((result) => result.data())).then(flatten);

  const search = async () => {
    const mine = ++turn;
    const query = input.value.trim();
    rest = [];
    if (!query) return show([], hint);
    try {
      const answer = await (await index(script)).search(query);
      if (mine !== turn) return;
      rest = answer.results;
      const results = await fetched();
      if (mine === turn) show(results, results.length ? count(results.length) : none);
    } catch {
      if (mine === turn) show([], unavailable);
    }
  };

  const more = async () => {
    const mine = turn;
    if (!rest.length || fetching || shown !== turn) return;
    fetching = true;
    const results = await fetched().catch(() => []);
    fetching = false;
    if (mine !== turn) return;
    add(results);
    status.textContent = count(list.childElementCount);
  };

  const ask = () => {
    clearTimeout(timer);
    timer = 0;
    return (asked = search());
  };

  const chosen = () => list.querySelector("[aria-selected=true]");

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", async (event) => {
    const options = [...list.children];
    const at = options.indexOf(chosen());
    if (event.key === "Enter") {
      event.preventDefault();
      // What is shown may answer what was typed before.
      await (timer ? ask() : asked);
      if (dialog.open && shown === turn) chosen()?.click();
    } else if (options.length && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      select(options[(at + step + options.length) % options.length]);
      if (at + step >= options.length - 2) more();
    }
  });
  list.addEventListener("scroll", () => list.scrollHeight - list.scrollTop < 2 * list.clientHeight && more());
  // A result may be on this very page: then the dialog must give way.
  list.addEventListener("click", ({ target, ctrlKey, metaKey, shiftKey }) => {
    if (target.closest("a") && !(ctrlKey || metaKey || shiftKey)) dialog.close();
  });
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  dialog.querySelector(".sp-search-close").addEventListener("click", () => dialog.close());
  if (input.value) ask(); // typed while this script was on its way
};

export const start = (dialog, script) => {
  if (!dialog.dataset.wired) {
    dialog.dataset.wired = "";
    wire(dialog, script);
  }
  index(script).catch(() => {
    dialog.querySelector("[role=status]").textContent = dialog.dataset.unavailable;
  });
};
