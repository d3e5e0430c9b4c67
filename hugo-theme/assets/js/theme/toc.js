/**
 * "On this page": mark the section being read, and fill lists that a site wrote as an empty shell.
 *
 * The theme's own lists are complete at build time.
 */
const fill = (document, shell) => {
  const list = shell.querySelector("#shortcuts");
  if (!list || list.querySelector("a")) return;
  const depth = Math.min(shell.dataset.depth || 2, 5);
  const levels = [2, 3, 4, 5, 6].slice(0, depth).map((n) => `.content-container > h${n}[id]`);
  const headings = document.querySelectorAll(levels);
  shell.hidden = !headings.length;
  const items = [...headings].map((heading) => {
    const text = heading.cloneNode(true);
    for (const mark of text.querySelectorAll(".headerlink, a[aria-hidden]")) mark.remove();
    const link = document.createElement("a");
    link.href = `#${encodeURIComponent(heading.id)}`;
    link.textContent = text.textContent.replace(/#\s*$/, "").trim();
    const item = document.createElement("li");
    item.className = `toc-${heading.localName}`;
    item.append(link);
    return item;
  });
  const ul = document.createElement("ul");
  ul.append(...items);
  list.append(ul);
};

export default (document) => {
  const shell = document.getElementById("shortcuts-container");
  if (shell) fill(document, shell);
  const links = new Map();
  for (const link of document.querySelectorAll(".sp-toc a[href*='#'], #shortcuts a[href*='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, [...(links.get(heading) || []), link]);
  }
  if (!links.size) return;
  const mark = () => {
    let current;
    for (const heading of links.keys())
      if (heading.getBoundingClientRect().top < innerHeight / 4) current = heading;
    // At the very end the last sections may never reach the line.
    const end = innerHeight + scrollY > document.documentElement.scrollHeight - 2;
    if (end && scrollY > 9) current = [...links.keys()].pop();
    for (const [heading, own] of links)
      for (const link of own)
        if (heading === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
  };
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
