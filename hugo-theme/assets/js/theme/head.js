/**
 * Right colour scheme before the first paint.
 *
 * The only script that blocks, so it does nothing else. The keys of localStorage are those of
 * pydata-sphinx-theme: a reader who chose dark in a project's docs finds its website dark too.
 */
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

const apply = (mode) => {
  root.dataset.colorscheme = mode;
  root.dataset.theme = mode === "auto" ? (dark.matches ? "dark" : "light") : mode;
};

const known = (mode) => (/^(light|dark)$/.test(mode) ? mode : "auto");

const stored = () => {
  try {
    return known(localStorage.getItem("mode"));
  } catch {
    return "auto"; // storage refused: follow the system
  }
};

apply(stored());
dark.addEventListener("change", () => apply(root.dataset.colorscheme));
addEventListener("storage", (event) => event.key === "mode" && apply(stored()));
addEventListener("pageshow", (event) => event.persisted && apply(stored()));
root.addEventListener("sp-scheme", ({ detail }) => {
  apply(known(detail));
  try {
    localStorage.setItem("mode", root.dataset.colorscheme);
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // The choice then lasts for this page only.
  }
});
