/**
 * Tabs after the ARIA pattern, wherever `[role=tablist].automatic` is found.
 *
 * Without this script all panels are there, one below the other. Choosing a tab chooses the tab of
 * the same name everywhere on the page, and is remembered for the next.
 */
import { remember, remembered } from "./words.js";

const key = "sp-tabs";
const name = (tab) => tab.textContent.trim();

export default (document) => {
  const groups = [...document.querySelectorAll("[role=tablist].automatic")].map((list, index) => {
    const tabs = [...list.querySelectorAll("[role=tab]")];
    const panels = tabs.map((tab, i) => {
      const panel =
        document.getElementById(tab.getAttribute("aria-controls")) ||
        list.parentElement.querySelectorAll("[role=tabpanel]")[i];
      if (panel) {
        tab.id ||= `sp-tab-${index}-${i}`;
        panel.setAttribute("aria-labelledby", tab.id);
        panel.tabIndex = 0;
      }
      return panel;
    });
    const select = (wanted) =>
      tabs.forEach((tab, i) => {
        const on = tab === wanted;
        tab.setAttribute("aria-selected", on);
        tab.tabIndex = on ? 0 : -1;
        if (panels[i]) panels[i].hidden = !on;
      });
    return { list, tabs, panels, select };
  });

  const choose = (group, tab) => {
    const before = tab.getBoundingClientRect().top;
    for (const other of groups) {
      const same = other === group ? tab : other.tabs.find((one) => name(one) === name(tab));
      if (same) other.select(same);
    }
    // Panels above may have changed height: keep the chosen tab where the reader sees it.
    scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: "instant" });
    remember(key, [name(tab), ...remembered(key).filter((old) => old !== name(tab))].slice(0, 9));
  };

  const past = remembered(key);
  for (const group of groups) {
    const { list, tabs } = group;
    const rank = (tab) => (past.indexOf(name(tab)) + 1 || 99);
    const chosen = tabs.find((tab) => tab.getAttribute("aria-selected") === "true") || tabs[0];
    group.select([...tabs].sort((a, b) => rank(a) - rank(b)).find((tab) => rank(tab) < 99) || chosen);
    list.parentElement.dataset.ready = "";
    list.addEventListener("click", ({ target }) => {
      const tab = target.closest("[role=tab]");
      if (tab) choose(group, tab);
    });
    list.addEventListener("keydown", (event) => {
      const at = tabs.indexOf(document.activeElement);
      const forward = getComputedStyle(list).direction === "rtl" ? -1 : 1;
      const to = {
        ArrowRight: at + forward,
        ArrowLeft: at - forward,
        Home: 0,
        End: tabs.length - 1,
      }[event.key];
      if (to === undefined || at < 0) return;
      const tab = tabs[(to + tabs.length) % tabs.length];
      event.preventDefault();
      tab.focus();
      choose(group, tab);
    });
  }

  // A link into a hidden panel opens it.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (const { tabs, panels, select } of groups) {
      const at = target ? panels.findIndex((panel) => panel?.hidden && panel.contains(target)) : -1;
      if (at >= 0) {
        select(tabs[at]);
        target.scrollIntoView();
      }
    }
  };
  addEventListener("hashchange", reveal);
  reveal();
};
