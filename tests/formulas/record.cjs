// Draw the formulas of cases.txt with MathJax: `node record.cjs < cases.txt > mathjax.jsonl`, with `mathjax-full`
// (version 3) to be found through NODE_PATH. A line is a formula; one that begins with ">" is displayed.
const { mathjax } = require("mathjax-full/js/mathjax.js");
const { TeX } = require("mathjax-full/js/input/tex.js");
const { liteAdaptor } = require("mathjax-full/js/adaptors/liteAdaptor.js");
const { RegisterHTMLHandler } = require("mathjax-full/js/handlers/html.js");
const { SerializedMmlVisitor } = require("mathjax-full/js/core/MmlTree/SerializedMmlVisitor.js");
const { STATE } = require("mathjax-full/js/core/MathItem.js");
require("mathjax-full/js/input/tex/AllPackages.js");

RegisterHTMLHandler(liteAdaptor());
const packages = ["base", "ams", "newcommand", "noundefined", "boldsymbol", "mathtools", "extpfeil"];
const visitor = new SerializedMmlVisitor();
for (const line of require("fs").readFileSync(0, "utf8").split("\n")) {
  if (!line || line.startsWith("#")) continue;
  const display = line.startsWith(">");
  const tex = line.replace(/^>/, "");
  const input = new TeX({ packages, formatError: (jax, error) => { throw error; } });
  const tree = mathjax.document("", { InputJax: input }).convert(tex, { display, end: STATE.CONVERT });
  const mathml = visitor.visitTree(tree).replace(/>\s+</g, "><").replace(/ data-\w[\w-]*="[^"]*"/g, "");
  console.log(JSON.stringify({ tex, display, mathml }));
}
