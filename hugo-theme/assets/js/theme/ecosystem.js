// The menus of the ecosystem bar work without this; it closes them on Escape (focus goes back to
// their button), when focus leaves and on a click elsewhere.
for (const menu of document.querySelectorAll("[data-ecosystem-nav] details")) {
  const button = menu.querySelector("summary");
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      button.focus();
    }
  });
  const leave = (to) => {
    if (to && !menu.contains(to)) menu.open = false;
  };
  addEventListener("click", (event) => leave(event.target));
  addEventListener("focusin", (event) => leave(event.target));
}
