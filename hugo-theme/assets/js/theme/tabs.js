/**
 * Tabs after the ARIA pattern, wherever `[role=tablist].automatic` is found.
 *
 * Without this script all panels are there, one below the other. Choosing a tab chooses the tab of
 * the same name everywhere on the page, and is remembered for the next.
 */
import { all } from "./words.js";

const name = (tab) => tab.textContent.trim();

const past = () => {
  try {
    return (localStorage.spTabs || "").split("\n");
  } catch {
    return []; // storage refused: nothing is remembered
  }
};

const remember = (chosen) => {
  try {
    localStorage.spTabs = [...new Set([chosen, ...past()])].slice(0, 9).join("\n");
  } catch {
    // as above
  }
};

export default () => {
  const groups = all("[role=tablist].automatic").map((list, index) => {
    const tabs = all("[role=tab]", list);
    const panels = tabs.map((tab, i) => {
      const panel =
        document.getElementById(tab.getAttribute("aria-controls")) || all("[role=tabpanel]", list.parentElement)[i];
      tab.id ||= `sp-tab-${index}-${i}`;
      panel?.setAttribute("aria-labelledby", tab.id);
      if (panel) panel.tabIndex = 0;
      return panel;
    });
    const select = (wanted) =>
      tabs.forEach((tab, i) => {
        const on = tab === wanted;
        tab.ariaSelected = on;
        tab.tabIndex = on - 1;
        if (panels[i]) panels[i].hidden = !on;
      });
    const choose = (tab) => {
      const top = () => tab.getBoundingClientRect().top;
      const before = top();
      for (const other of groups) other.follow(tab);
      // Panels above may have changed height: keep the chosen tab where the reader sees it.
      scrollBy({ top: top() - before, behavior: "instant" });
      remember(name(tab));
    };
    list.onclick = ({ target }) => {
      const tab = target.closest("[role=tab]");
      if (tab) choose(tab);
    };
    list.onkeydown = (event) => {
      const at = tabs.indexOf(document.activeElement);
      const forward = getComputedStyle(list).direction === "rtl" ? -1 : 1;
      const to = { ArrowRight: at + forward, ArrowLeft: at - forward, Home: 0, End: -1 }[event.key];
      if (to === undefined || at < 0) return;
      const tab = tabs.at(to % tabs.length);
      event.preventDefault();
      tab.focus();
      choose(tab);
    };
    list.parentElement.dataset.ready = "";
    const find = (wanted) => tabs.find((tab) => name(tab) === wanted);
    const known = past().map(find).find(Boolean);
    select(known || tabs.find((tab) => tab.ariaSelected === "true") || tabs[0]);
    return {
      follow(tab) {
        const same = tabs.includes(tab) ? tab : find(name(tab));
        if (same) select(same);
      },
      reveal(target) {
        const at = panels.findIndex((panel) => panel?.hidden && panel.contains(target));
        if (at >= 0) {
          select(tabs[at]);
          target.scrollIntoView();
        }
      },
    };
  });

  // A link into a hidden panel opens it.
  const reveal = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target) for (const group of groups) group.reveal(target);
  };
  addEventListener("hashchange", reveal);
  reveal();
};
