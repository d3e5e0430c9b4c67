// Names for the parent theme's controls, and versions that stay up to date on old pages.
(() => {
  // What is read out must contain what is seen: the button shows the version.
  for (const button of document.querySelectorAll(".version-switcher__button[aria-label]")) {
    button.title = button.getAttribute("aria-label");
    button.removeAttribute("aria-label");
  }
  // So must the search button's name, with the shortcut that the parent's script writes on it.
  addEventListener("load", () => {
    for (const button of document.querySelectorAll("button.search-button-field[aria-label]")) {
      button.ariaLabel = button.textContent.trim().replace(/\s+/g, " ");
    }
  });

  const menus = [...document.querySelectorAll(".sp-versions")];
  if (!menus.length) return;
  const { list, version, page = "", banner } = menus[0].dataset;

  const entries = () =>
    [...menus[0].querySelectorAll("a")].map((a) => ({ url: a.href, version: a.dataset.version, preferred: a.dataset.preferred === "true" }));

  /** Draw the published list, which may know of versions newer than this page. */
  const redraw = (data) => {
    const items = data.filter((e) => e && e.url && e.version && /^(https?:|[^:]*$)/i.test(e.url));
    if (!items.length) return;
    const root = new URL(document.documentElement.dataset.content_root, location); // as in the pages' HTML
    for (const menu of menus) {
      menu.querySelector("ul").replaceChildren(
        ...items.map((e) => {
          const a = Object.assign(document.createElement("a"), { textContent: e.name || e.version });
          a.href = new URL(e.url.endsWith("/") ? e.url : `${e.url}/`, root);
          a.dataset.version = e.version;
          if (e.preferred === true) a.dataset.preferred = "true";
          if (e.version === version) a.setAttribute("aria-current", "true");
          const li = document.createElement("li");
          li.append(a);
          return li;
        }),
      );
    }
  };

  /** Go to the same page of another version, or to its home page if it has none. */
  const follow = async (event) => {
    const link = event.target.closest("a");
    if (!link || !page || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const there = new URL(page, link.href);
    if (there.origin !== location.origin || location.protocol === "file:") return;
    event.preventDefault();
    const found = await fetch(there, { method: "HEAD" }).then((r) => r.ok, () => false);
    location.href = found ? there : link.href;
  };

  /** Tell the reader of an old or unfinished version where the stable one is. */
  const warn = () => {
    const stable = entries().find((e) => e.preferred);
    const key = `sp-version-banner ${version}`;
    let put;
    try {
      put = localStorage.getItem(key);
    } catch {
      put = null; // storage is blocked: show it every time
    }
    if (!banner || !stable || stable.version === version || Date.now() - put < 12096e5) return;
    const [old, dev, go, close] = banner.split("|");
    const known = /^v?\d[\d.x]*$/.test(version);
    const box = Object.assign(document.createElement("section"), { className: `sp-version-banner ${known ? "old" : "dev"}` });
    const words = Object.assign(document.createElement("p"), {
      textContent: `${(known ? old : dev).replace("%s", version)} `,
    });
    box.setAttribute("aria-label", words.textContent.trim());
    const link = Object.assign(document.createElement("a"), { href: stable.url, textContent: go });
    link.addEventListener("click", follow);
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: close });
    button.addEventListener("click", () => {
      box.remove();
      try {
        localStorage.setItem(key, Date.now());
      } catch {
        // nothing to remember with
      }
    });
    words.append(link);
    box.append(words, button);
    (document.getElementById("pst-header") ?? document.body.firstElementChild).before(box);
  };

  for (const menu of menus) {
    menu.addEventListener("click", (event) => event.target.closest("li") && follow(event));
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.firstElementChild.focus();
    });
  }
  addEventListener("click", (event) => {
    for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
  });

  const source = list && new URL(list, location);
  if (source && source.origin === location.origin && location.protocol !== "file:") {
    fetch(source)
      .then((answer) => (answer.ok ? answer.json() : []))
      .then((data) => Array.isArray(data) && redraw(data), () => {})
      .finally(warn);
  } else warn();
})();
