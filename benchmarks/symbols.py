"""Symbol search: how good, how many bytes, how quick.

    python benchmarks/symbols.py INVENTORIES QUERIES.json

INVENTORIES is a folder of ``<id>.inv``; QUERIES holds ``{"queries": [{"q", "expect": [...], "kind"}]}``.
The floor for bytes is the whole index as one file; the figures for time are medians in one Node process.
"""

import gzip
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from scientific_python_theme import projects, symbols

ROOT = Path(__file__).resolve().parent.parent
DRIVER = """
import fs from "node:fs";
import zlib from "node:zlib";
import { search } from %s;
const base = %s, out = [];
for (const q of JSON.parse(fs.readFileSync(0, "utf8"))) {
  let bytes = 0;
  const fetch = async (url) => {
    const file = String(url).replace(/\\?\\d+\\//, "");
    if (!fs.existsSync(file)) return { ok: false, status: 404 };
    const data = fs.readFileSync(file);
    bytes += zlib.gzipSync(data).length;
    return { ok: true, json: async () => JSON.parse(data) };
  };
  const at = { base: `${base}?${out.length}/`, fetch };
  const found = await search(q, at), first = bytes, began = performance.now();
  await search(q, at);
  out.push({ names: found.map((one) => one.name), bytes: first, ms: performance.now() - began });
}
process.stdout.write(JSON.stringify(out));
"""


def main(folder: str, queries: str) -> None:
    registry = projects.load()
    asked = json.loads(Path(queries).read_text("utf-8"))["queries"]
    with tempfile.TemporaryDirectory() as work:
        out = Path(work) / "index"
        began = time.process_time()
        made = symbols.index(out, symbols.folder(Path(folder), registry), registry)
        seconds = time.process_time() - began
        script = ROOT / "hugo-theme" / "assets" / "js" / "symbol-search.js"
        driver = Path(work) / "driver.mjs"
        driver.write_text(DRIVER % (json.dumps(script.as_uri()), json.dumps(f"{out}/")), "utf-8")
        answers = json.loads(
            subprocess.run(
                ["node", driver],
                input=json.dumps([one["q"] for one in asked]),
                capture_output=True,
                text=True,
                check=True,
            ).stdout
        )
        whole = len(gzip.compress(b"".join(p.read_bytes() for p in sorted(out.iterdir()))))
        code = len(gzip.compress(script.read_bytes()))
    first, ten = Counter(), Counter()
    for one, answer in zip(asked, answers, strict=True):
        place = next((i for i, name in enumerate(answer["names"]) if name in one["expect"]), 99)
        first[one["kind"]] += place == 0
        ten[one["kind"]] += place < 10
        if place:
            print(f"  {one['q']!r}: wanted {one['expect'][0]}, got {answer['names'][:2]} (place {place + 1})")
    kinds = Counter(one["kind"] for one in asked)
    print(f"\n{'kind':16}{'queries':>8}{'first':>8}{'in ten':>8}")
    for kind, count in sorted(kinds.items()):
        print(f"{kind:16}{count:8}{first[kind] / count:8.0%}{ten[kind] / count:8.0%}")
    count = len(asked)
    print(f"{'all':16}{count:8}{first.total() / count:8.1%}{ten.total() / count:8.1%}")
    sizes = sorted(a["bytes"] for a in answers)
    times = sorted(a["ms"] for a in answers)
    print(f"\nindex: {made['symbols']:,} symbols, {made['shards']:,} files, {seconds:.1f} CPU s to write")
    print(
        f"first query, gzip: median {sizes[count // 2]:,} bytes, most {sizes[-1]:,}; whole index {whole:,}; script {code:,}"
    )
    print(
        f"answer once loaded: median {times[count // 2]:.1f} ms, 95th percentile {times[int(count * 0.95)]:.1f} ms"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
