// Answer queries from a built index: node search.mjs SCRIPT BASE < queries.json
import fs from "node:fs";
import zlib from "node:zlib";
import { pathToFileURL } from "node:url";

const [script, base] = process.argv.slice(2);
const { search } = await import(pathToFileURL(script).href);
const queries = JSON.parse(fs.readFileSync(0, "utf8"));
const answers = [];
for (const q of queries) {
  let bytes = 0;
  const fetch = async (url) => {
    const file = String(url).replace(/\?fresh=\d+\//, "");
    if (!fs.existsSync(file)) return { ok: false, status: 404 };
    const data = fs.readFileSync(file);
    bytes += zlib.gzipSync(data).length;
    return { ok: true, status: 200, json: async () => JSON.parse(data) };
  };
  // A base of its own for each query, so that each one counts as the first.
  const found = await search(q, { base: `${base}?fresh=${answers.length}/`, fetch });
  answers.push({ found, bytes });
}
process.stdout.write(JSON.stringify(answers));
