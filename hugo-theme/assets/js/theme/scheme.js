/** The button that steps through system, light and dark. */
import { all } from "./words.js";

const modes = ["auto", "light", "dark"];

export default () => {
  const root = document.documentElement;
  for (const button of all(".sp-scheme")) {
    const { dataset } = button;
    const show = () => {
      button.title = button.ariaLabel = `${dataset.label}: ${dataset[root.dataset.colorscheme]}`;
    };
    button.onclick = () => {
      const detail = modes[(modes.indexOf(root.dataset.colorscheme) + 1) % 3];
      root.dispatchEvent(new CustomEvent("sp-scheme", { detail }));
    };
    // Another tab may change it too.
    new MutationObserver(show).observe(root, { attributeFilter: ["data-colorscheme"] });
    show();
  }
};
