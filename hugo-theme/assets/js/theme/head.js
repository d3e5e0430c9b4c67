/**
 * Right colour scheme before the first paint.
 *
 * The only script that blocks, so it does nothing else. The keys of localStorage are those of
 * pydata-sphinx-theme: a reader who chose dark in a project's docs finds its website dark too.
 */
const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

const apply = (mode) => {
  if (mode !== "light" && mode !== "dark") mode = "auto";
  root.dataset.colorscheme = mode;
  root.dataset.theme = mode === "auto" ? (dark.matches ? "dark" : "light") : mode;
};

const restore = () => {
  try {
    apply(localStorage.mode);
  } catch {
    apply(); // storage refused: follow the system
  }
};

restore();
dark.onchange = () => apply(root.dataset.colorscheme);
addEventListener("storage", restore); // chosen in another tab
root.addEventListener("sp-scheme", ({ detail }) => {
  apply(detail);
  try {
    localStorage.mode = root.dataset.colorscheme;
    localStorage.theme = root.dataset.theme;
  } catch {
    // The choice then lasts for this page only.
  }
});
