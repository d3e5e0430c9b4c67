/** Opens the search dialog; its style, its script and the index come only when someone asks for them. */
import { all, beside, make, self, words } from "./words.js";

export default () => {
  const dialog = document.querySelector("dialog.sp-search");
  if (!dialog) return;
  let style;
  // A sheet that does not come must not keep the dialog shut.
  const dress = () =>
    (style ||= new Promise((done) => {
      document.head.append(make("link", { rel: "stylesheet", href: beside(words.searchStyle), onload: done, onerror: done }));
    }));
  const open = async () => {
    if (!dialog.open) {
      dialog.style.opacity = 0; // keys typed now count, what they fall into is not yet dressed
      dress().then(() => (dialog.style.opacity = ""));
      dialog.showModal();
      dialog.querySelector("input").select();
    }
    (await import(beside(words.search))).start(dialog, self.src);
  };
  for (const button of all(".sp-search-button")) {
    button.onclick = open;
    button.onpointerenter = button.onfocus = dress;
    if (/Mac|iP/.test(navigator.platform)) for (const hint of all("kbd", button)) hint.dataset.key = "⌘K";
  }
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") {
      event.preventDefault();
      open();
    }
  });
};
