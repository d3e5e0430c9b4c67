/** Bring the menu of versions up to date: a page built years ago learns of today's releases. */
const root = new URL("..", import.meta.url); // relative addresses count from the site's root
const valid = (entries) =>
  Array.isArray(entries) ? entries.filter((entry) => entry?.version && entry.url && /^(https?:|[^:]*$)/i.test(entry.url)) : [];

export const refresh = async (menu) => {
  const answer = await fetch(menu.dataset.versionsUrl).catch(() => null);
  const entries = valid(answer?.ok ? await answer.json().catch(() => null) : null);
  if (!entries.length) return; // the list made at build stays
  const { current } = menu.dataset;
  const items = entries.map(({ version, url, name }) => {
    const link = Object.assign(document.createElement("a"), { href: new URL(url, root), textContent: name || version });
    if (String(version) === current) link.setAttribute("aria-current", "true");
    const item = document.createElement("li");
    item.append(link);
    return item;
  });
  menu.querySelector("ul").replaceChildren(...items);
  const stable = entries.find((entry) => entry.preferred);
  const banner = document.querySelector(".sp-version-banner");
  if (!banner || !stable || !current) return;
  banner.hidden = String(stable.version) === current;
  banner.querySelector("a").href = new URL(stable.url, root);
};
