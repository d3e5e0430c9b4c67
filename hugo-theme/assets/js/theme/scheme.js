/** The button that steps through system, light and dark. */
const modes = ["auto", "light", "dark"];

export default (document) => {
  const root = document.documentElement;
  for (const button of document.querySelectorAll(".sp-scheme")) {
    const show = () => {
      const { label, auto, light, dark } = button.dataset;
      const name = `${label}: ${{ auto, light, dark }[root.dataset.colorscheme]}`;
      button.setAttribute("aria-label", name);
      button.title = name;
    };
    button.addEventListener("click", () => {
      const next = modes[(modes.indexOf(root.dataset.colorscheme) + 1) % 3];
      root.dispatchEvent(new CustomEvent("sp-scheme", { detail: next }));
    });
    // Another tab or the system may change it too.
    new MutationObserver(show).observe(root, { attributeFilter: ["data-colorscheme"] });
    show();
  }
};
