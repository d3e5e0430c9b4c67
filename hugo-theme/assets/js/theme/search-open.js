/** Opens the search dialog; its script and the index come only when someone asks for them. */
import { all, beside, self, words } from "./words.js";

export default () => {
  const dialog = document.querySelector("dialog.sp-search");
  if (!dialog) return;
  const open = async () => {
    if (!dialog.open) {
      dialog.showModal();
      dialog.querySelector("input").select();
    }
    (await import(beside(words.search))).start(dialog, self.src);
  };
  for (const button of all(".sp-search-button")) {
    button.onclick = open;
    if (/Mac|iP/.test(navigator.platform)) for (const hint of all("kbd", button)) hint.dataset.key = "⌘K";
  }
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key === "k") {
      event.preventDefault();
      open();
    }
  });
};
