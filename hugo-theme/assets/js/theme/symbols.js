/**
 * The dialog of the symbol search: a combobox over the names of every locked project.
 * Built by this script, since nothing of it works without one.
 */
import { search } from "../symbol-search.js";

const KINDS = { "py:classmethod": "method", "py:staticmethod": "method", "np:function": "function" };
const WAIT = 60; // ms after the last key

/** Address of a result; one that is not a web page or a file beside us is not followed. */
export const address = (result, index) => {
  try {
    const url = new URL(result.url, index);
    return /^(https?|file):$/.test(url.protocol) && result.url ? url.href : "";
  } catch {
    return "";
  }
};

const make = (tag, properties = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
};

/** One result, as an option that is a link. */
const option = (result, i, index) => {
  const kind = KINDS[result.role] || result.role.split(":")[1];
  const [, parent, leaf] = result.title.match(/^(.*?)([^.]*)$/s);
  const link = make("a", { id: `sp-symbol-${i}`, tabIndex: -1, role: "option", ariaSelected: "false" },
    make("span", { className: "sp-symbol-name" }, parent, make("b", { textContent: leaf })), " ",
    make("span", { className: "sp-symbol-kind", textContent: `${kind} in ${result.project}` }));
  const href = address(result, index);
  if (href) link.href = href;
  return link;
};

let dialog;

function build(index) {
  const input = make("input", { type: "text", role: "combobox", autocomplete: "off", autocapitalize: "none", spellcheck: false, placeholder: "np.linspace, rolling mean, DataFrame.merge …", inputMode: "search", enterKeyHint: "go" });
  const list = make("div", { id: "sp-symbols-list", role: "listbox", hidden: true, ariaLabel: "Names" });
  const status = make("p", { role: "status" });
  const close = make("button", { type: "button", textContent: "Close" });
  const hint = "Names of functions, classes and methods in all projects. Misspelt is fine.";
  const set = (name, value) => input.setAttribute(name, value);
  set("aria-label", "Find a function, class or method");
  set("aria-autocomplete", "list");
  set("aria-controls", list.id);
  set("aria-expanded", "false");
  const box = make("dialog", { className: "sp-symbols", lang: "en", dir: "ltr", ariaLabel: "Symbol search" }, make("form", { method: "dialog" }, input, close), status, list);
  let turn = 0, timer; // an answer that comes late must not replace a newer one

  const select = (chosen) => {
    for (const one of list.children) one.ariaSelected = String(one === chosen);
    if (chosen) set("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  };
  const show = (results, sentence) => {
    list.replaceChildren(...results.map((result, i) => option(result, i, index)));
    list.hidden = !results.length;
    set("aria-expanded", String(results.length > 0));
    status.textContent = sentence;
    select(list.firstElementChild);
  };
  const ask = async () => {
    timer = 0;
    const mine = ++turn, query = input.value.trim();
    if (!query) return show([], hint);
    try {
      const found = await search(query, { base: index });
      if (mine !== turn) return;
      const count = found.length;
      show(found, count ? `${count} ${count > 1 ? "names" : "name"}, best first` : `Nothing is called “${query}”. Fewer letters may help.`);
    } catch {
      if (mine === turn) show([], "The list of names could not be loaded. Are you offline?");
    }
  };
  const chosen = () => list.querySelector("[aria-selected=true]");

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  });
  input.addEventListener("keydown", (event) => {
    const all = [...list.children], at = all.indexOf(chosen());
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: Math.min(at + 8, all.length - 1), PageUp: Math.max(at - 8, 0) }[event.key];
    if (to !== undefined && all.length) {
      event.preventDefault();
      select(all[(to + all.length) % all.length]);
    }
  });
  box.querySelector("form").addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const before = chosen();
    if (!before || timer) await ask();
    const link = before?.isConnected ? before : chosen();
    if (link?.href) location.assign(link.href);
  });
  close.addEventListener("click", () => box.close());
  box.addEventListener("click", (event) => event.target === box && box.close());
  show([], hint);
  return box;
}

/** The dialog's style sheet, before the dialog is seen. */
const styled = (style) =>
  new Promise((done) => {
    const link = make("link", { rel: "stylesheet", href: style, onload: done, onerror: done });
    document.head.append(link);
  });

/**
 * Open the dialog.
 *
 * @param {{style: string, index: string}} where Addresses of the style sheet and of the index's folder.
 * @param {HTMLElement} button What opened it; gets the focus back.
 */
export async function open({ style, index }, button) {
  if (!dialog) {
    dialog = build(index);
    await styled(style);
    document.body.append(dialog);
    dialog.addEventListener("close", () => button.focus());
  }
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("input").select();
}
