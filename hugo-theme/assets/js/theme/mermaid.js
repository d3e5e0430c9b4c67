/**
 * Draw the diagrams of a page with the copy of mermaid that the site keeps.
 *
 * Until it is there, and without scripts, the text of the diagram is what the reader sees. The
 * drawing follows the colour scheme.
 */
const root = document.documentElement;
const blocks = [...document.querySelectorAll("pre.mermaid")].map((pre) => ({ pre, text: pre.textContent }));

const library = async (href) => {
  const loaded = await import(href);
  return loaded.default || globalThis.mermaid; // the ES module, or the classic build
};

const draw = async (mermaid) => {
  const dark = getComputedStyle(root).colorScheme.includes("dark") && root.dataset.theme !== "light";
  const night = root.dataset.theme ? root.dataset.theme === "dark" : dark && matchMedia("(prefers-color-scheme: dark)").matches;
  mermaid.initialize({ startOnLoad: false, theme: night ? "dark" : "neutral", securityLevel: "strict" });
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
