/** Opens the search dialog; its script and the index come only when someone asks for them. */
import { beside, self, words } from "./words.js";

export default (document) => {
  const dialog = document.querySelector("dialog.sp-search");
  if (!dialog) return;
  const open = async () => {
    if (dialog.open) return;
    dialog.showModal();
    const { start } = await import(beside(words.search));
    start(dialog, self.src);
  };
  for (const button of document.querySelectorAll(".sp-search-button")) {
    // The site may stand where another script has this shortcut; the button always works.
    button.addEventListener("click", open);
    const hint = button.querySelector("kbd");
    if (hint && /Mac|iP/.test(navigator.platform)) hint.textContent = "⌘K";
  }
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k") {
      event.preventDefault();
      open();
    }
  });
};
