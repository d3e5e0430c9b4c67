/**
 * Menus and the drawer are <details>: they open without this script.
 *
 * Here they learn to close: on Escape (focus returns to the summary), on a click elsewhere, when the
 * focus moves on, and when another one opens.
 */
import { all } from "./words.js";

const summary = (menu) => menu.firstElementChild;
// On a wide screen the drawer is simply the bar: its summary is not shown and it stays open.
const open = () =>
  all("details[open]:is(.sp-menu, .sp-drawer, [data-ecosystem-nav] *)").filter((menu) => summary(menu).checkVisibility());

export default () => {
  const leave = ({ target }) => {
    for (const menu of open()) if (!menu.contains(target)) menu.open = false;
  };
  for (const drawer of all(".sp-drawer")) {
    const fit = () => {
      const narrow = summary(drawer).checkVisibility();
      if (drawer.dataset.ready !== String(narrow)) drawer.open = !narrow;
      drawer.dataset.ready = narrow;
    };
    addEventListener("resize", fit);
    fit();
  }
  addEventListener("click", (event) => {
    leave(event);
    // A link to a place on this page leaves the drawer behind.
    if (event.target.closest(".sp-drawer a[href*='#']")) leave({});
  });
  addEventListener("focusin", leave);
  addEventListener("keydown", ({ key }) => {
    const menu = key === "Escape" && open().pop(); // the innermost
    if (menu) {
      menu.open = false;
      summary(menu).focus();
    }
  });
};
