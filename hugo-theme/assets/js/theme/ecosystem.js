// The menu of the ecosystem bar works without this; it closes on Escape (focus goes back to its
// button), when focus leaves it and on a click elsewhere.
for (const menu of document.querySelectorAll("[data-ecosystem-nav] details")) {
  const leave = (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  };
  addEventListener("click", leave);
  addEventListener("focusin", leave);
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      menu.firstElementChild.focus();
    }
  });
}
