/**
 * "On this page": mark the section being read, and fill lists that a site wrote as an empty shell.
 *
 * The theme's own lists are complete at build time.
 */
import { all, make } from "./words.js";

const fill = (shell) => {
  const list = shell.querySelector("#shortcuts");
  if (!list || list.querySelector("a")) return;
  const ul = make("ul");
  for (const heading of all(".content-container > :is(h2, h3, h4)[id]")) {
    const text = heading.cloneNode(true);
    text.querySelector(".headerlink")?.remove();
    const item = make("li", { className: `toc-${heading.localName}` });
    item.append(make("a", { href: `#${heading.id}`, textContent: text.textContent.trim() }));
    ul.append(item);
  }
  shell.hidden = !ul.firstChild;
  list.append(ul);
};

export default () => {
  all("#shortcuts-container").map(fill);
  // Wide screens show these lists whole: say so to browsers whose style cannot show them closed, and to tools that read no style.
  const wide = matchMedia("(min-width: 64rem)");
  const unfold = () => {
    for (const list of all(":is(.sp-tree, #shortcuts) > details")) list.open = wide.matches;
  };
  wide.addEventListener("change", unfold);
  unfold();
  const links = all(".sp-toc a[href*='#'], #shortcuts a[href*='#']");
  const headings = links.map((link) => document.getElementById(decodeURIComponent(link.hash.slice(1))));
  const mark = () => {
    // The line lies below the bar, where a heading jumped to comes to rest.
    let current = headings.findLast((heading) => heading?.getBoundingClientRect().top < innerHeight / 5 + 99);
    // At the very end the last sections may never reach the line.
    if (scrollY > 9 && innerHeight + scrollY > document.body.scrollHeight - 2) current = headings.at(-1);
    links.forEach((link, i) => (link.ariaCurrent = current && headings[i] === current ? "true" : null));
  };
  if (!links.length) return;
  let waiting;
  addEventListener(
    "scroll",
    () => {
      waiting ||= requestAnimationFrame(() => {
        waiting = 0;
        mark();
      });
    },
    { passive: true },
  );
  mark();
};
