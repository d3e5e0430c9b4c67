/**
 * Draw the diagrams of a page with the copy of mermaid that the site keeps.
 *
 * Until it is there, and without scripts, the text of the diagram is what the reader sees. The
 * drawing follows the colour scheme.
 */
const root = document.documentElement;
const blocks = [...document.querySelectorAll("pre.mermaid")].map((pre) => ({ pre, text: pre.textContent }));

/** Mermaid comes as an ES module (.mjs) or as a classic script that sets a global. */
const library = async (href) => {
  if (/\.mjs$/.test(href)) return (await import(href)).default;
  const script = Object.assign(document.createElement("script"), { src: href });
  document.head.append(script);
  await new Promise((done, failed) => Object.assign(script, { onload: done, onerror: failed }));
  return globalThis.mermaid;
};

const draw = async (mermaid) => {
  const theme = root.dataset.theme === "dark" ? "dark" : "neutral";
  mermaid.initialize({ startOnLoad: false, theme, securityLevel: "strict" });
  for (const [i, { pre, text }] of blocks.entries()) {
    try {
      const { svg } = await mermaid.render(`sp-diagram-${i}`, text);
      pre.innerHTML = svg;
      pre.dataset.drawn = "";
      pre.querySelector("svg").setAttribute("aria-hidden", "true"); // the figure is named
    } catch (error) {
      pre.textContent = text;
      console.error(error);
    }
  }
};

const mermaid = await library(document.querySelector("link.sp-mermaid").href);
await draw(mermaid);
new MutationObserver(() => draw(mermaid)).observe(root, { attributeFilter: ["data-theme"] });
