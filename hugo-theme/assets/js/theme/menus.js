/**
 * Menus and the drawer are <details>: they open without this script.
 *
 * Here they learn to close: on Escape (focus returns to the summary), on a click elsewhere, when the
 * focus moves on, and when another one opens.
 */
const selector = "details.sp-menu, details.sp-drawer";
// On a wide screen the drawer is simply the bar: its summary is not shown and it stays open.
const folds = (menu) => menu.firstElementChild.checkVisibility();

export default (document) => {
  const open = () => [...document.querySelectorAll(selector)].filter((menu) => menu.open && folds(menu));
  const closeAllBut = (target) => {
    for (const menu of open()) if (!menu.contains(target)) menu.open = false;
  };
  for (const drawer of document.querySelectorAll("details.sp-drawer")) {
    const fit = () => {
      const narrow = folds(drawer);
      if (drawer.dataset.ready !== String(narrow)) drawer.open = !narrow;
      drawer.dataset.ready = narrow;
    };
    addEventListener("resize", fit);
    fit();
  }
  document.addEventListener("click", ({ target }) => {
    closeAllBut(target);
    // A link to a place on this page leaves the menu behind.
    if (target.closest(".sp-drawer a[href*='#']")) closeAllBut();
  });
  document.addEventListener("focusin", ({ target }) => closeAllBut(target));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    const menu = open().pop(); // the innermost
    if (menu) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
};
