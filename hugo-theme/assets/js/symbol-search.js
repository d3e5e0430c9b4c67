/**
 * Search symbols in the files that `scientific-python-theme inventory index` writes.
 *
 * Each name is filed under its last part and the words of that; a file is named by "s-" and the
 * first letters of what it holds ("-" before letters read backwards, for misspelt beginnings).
 */

const ADDRESS = /^\s*([a-z][a-z0-9+.-]*):/i;
const indexes = new Map();

/** Lower case letters and digits only: the key under which a word is filed. */
const key = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, "") || "_";
/** `trainTest_split` -> ["train", "test", "split"] */
const words = (text) => (text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) || []).map((word) => word.toLowerCase());
/** Plural and singular count as one. */
const stem = (word) => (word.length > 3 ? word.replace(/(?<=[^s])s$/, "") : word);

/** Words that may go unanswered. */
const FILLER = /^(an?|and|by|classifier|compute|find|for|from|function|get|how|in|make|method|model|of|python|the|to|using|with)$/;
/** Forms of one word: matrix and matrices, multiply and multiplication. */
function akin(a, b) {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return i > 4 && i >= Math.min(a.length, b.length) - 2;
}

/** Edits (insert, delete, replace, swap neighbours) between two words, or `most + 1`. */
function edits(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before = [], last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] !== b[j - 1]));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      least = Math.min(least, row[j]);
    }
    if (least > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

/** The index at an address; its files are fetched once, when a query needs them. */
function open(base, fetch) {
  base = String(base).replace(/\/?$/, "/");
  if (indexes.has(base)) return indexes.get(base);
  const get = async (name) => {
    const url = base + name + ".json", answer = await fetch(url);
    if (!answer.ok) throw new Error(`symbol search: ${url} answered ${answer.status}`);
    return answer.json();
  };
  const shards = new Map();
  const index = get("index").then((about) => {
    const names = new Set(about.shards.split(" "));
    return {
      about,
      /** Entries of the file that holds a word, however long the file's name is. */
      shard(word, mark = "") {
        let name = mark + word;
        while (name.length > mark.length && !names.has(name)) name = name.slice(0, -1);
        if (name === mark) return [];
        if (!shards.has(name)) {
          const loading = get("s-" + name).then((data) => decode(data, about));
          loading.catch(() => shards.delete(name));
          shards.set(name, loading);
        }
        return shards.get(name);
      },
    };
  });
  index.catch(() => indexes.delete(base)); // a failed request may work the next time
  indexes.set(base, index);
  return index;
}

function decode(data, about) {
  const spoken = new Map(data.k || []), entries = [];
  for (const leaf in data.l) {
    const list = data.l[leaf], lower = leaf.toLowerCase(), parts = words(leaf).map(stem);
    for (let i = 0; i < list.length; i += 4) {
      const parent = data.q[list[i]], name = parent ? parent + "." + leaf : leaf;
      const [id, project, home] = about.projects[Math.floor(list[i + 1] / 100)];
      const [prior, shown] = [list[i + 3]].flat();
      entries.push({
        leaf, lower, parts, name, parent, id, project, home,
        prior: prior + (id === about.own ? 40 : 0),
        joined: key(leaf), initials: parts.length > 2 ? parts.map((part) => part[0]).join("") : "",
        role: about.roles[list[i + 1] % 100],
        phrases: (spoken.get(name) ?? []).map(([phrase, rank]) => [words(phrase).map(stem), rank]),
        title: shown || name, path: data.u[list[i + 2]],
      });
    }
  }
  return entries;
}

/** Pasted code, brought to a name. */
const tidy = (text) => text.trim()
  .replace(/^from\s+([\w.]+)\s+import\s+(\w+).*$/, "$1.$2").replace(/^import\s+([\w.]+).*$/, "$1")
  .replace(/^[\w., ]+=\s*(?=\D)/, "").replace(/\(.*$/, "").replace(/::|#|\/(?=\w)/g, ".").replace(/^[.@`'"\s]+|[.,;:`'"\s]+$/g, "");

/** What the reader asked, in the forms the comparison needs. */
function read(query, about) {
  let text = tidy(query), typed = "", of = "";
  if (/\s/.test(text)) {
    // "pandas group by": a project among words says where to look.
    const all = text.split(/\s+/), heads = new Map(Object.entries(about.heads ?? {}));
    const rest = all.filter((word) => of || !(of = heads.get(word.toLowerCase()) ?? ""));
    if (rest.length < all.length && rest.some((word) => word.length > 2)) text = rest.join(" ");
    else of = "";
  }
  const spaced = /\s/.test(text);
  const [head] = text.split("."), alias = head.toLowerCase();
  let full = of && !spaced ? of + "." + text : text;
  if (!spaced && Object.hasOwn(about.aliases, alias)) {
    typed = text.toLowerCase();
    full = about.aliases[alias] + text.slice(head.length);
  }
  const dotted = !spaced && full.includes(".");
  const leaf = dotted ? full.slice(full.lastIndexOf(".") + 1) : text;
  const parts = words(spaced ? text : leaf.includes("_") || leaf !== leaf.toLowerCase() ? leaf : leaf.toLowerCase());
  return {
    full, leaf, dotted, of, typed,
    lower: full.toLowerCase(),
    leafLower: leaf.toLowerCase(),
    parent: dotted ? full.slice(0, full.lastIndexOf(".")).toLowerCase() : "",
    joined: key(leaf),
    initials: spaced && parts.length > 2 ? parts.map((part) => part[0]).join("") : "",
    spoken: parts, parts: parts.map(stem),
  };
}

/** Share of the asked parent's parts that the entry's parent has, in order of likeness. */
function kinship(have, parent) {
  const want = parent.replace(/\.api\b/, "").split(".");
  let hits = 0;
  for (const part of want) {
    if (have.includes(part) || (part.length > 3 && have.some((other) => edits(part, other, 1) < 2))) hits += 1;
    else if (part.length > 3 && have.some((other) => other.startsWith(part))) hits += 0.7;
  }
  return hits / want.length;
}

/** How well an entry answers, 0 for not at all; the prior decides among equals. */
function score(entry, q, fuzzy) {
  const { lower, leaf } = entry;
  const name = entry.name.toLowerCase();
  if (q.dotted) {
    if (entry.name === q.full) return 1100;
    if (name === q.lower) return 1080;
    const near = name.endsWith("." + q.lower);
    if (near) return entry.name.endsWith("." + q.full) ? 975 : 945;
    if (q.typed.includes(".") && name.endsWith("." + q.typed)) return 940;
    const have = entry.parent.toLowerCase().split(".");
    const kin = Math.max(kinship(have, q.parent), q.typed ? 0.5 * (have.at(-1) === q.typed.split(".").at(-2)) : 0);
    if (name === q.parent && !kin) return 560;
    if (!kin) return lower === q.leafLower && q.leaf.length > 2 ? (leaf === q.leaf ? 600 : 580) : 0;
    if (lower === q.leafLower) return 720 + 180 * kin + 8 * (leaf === q.leaf) - (leaf !== q.leaf && leaf.length < 3 ? 40 : 0);
    if (lower.startsWith(q.leafLower) && q.leaf) return 700 + 120 * kin + 20 * (entry.parent.toLowerCase() === q.parent) - Math.min(40, lower.length - q.leaf.length);
    const most = q.leaf.length > 6 ? 2 : 1;
    const off = q.leaf.length > 3 && fuzzy ? edits(lower, q.leafLower, most) : 9;
    return off <= most ? 640 + 120 * kin - 50 * off : 0;
  }
  let best = 0;
  if (entry.name === q.full) best = 922;
  else if (leaf === q.leaf) best = 900;
  else if (lower === q.leafLower) best = q.leaf === q.leafLower ? 895 : 886;
  else if (entry.joined === q.joined) best = (entry.role === "py:module" ? 840 : 860) + 8 * (entry.lower === q.spoken.join("_"));
  else if (lower.startsWith(q.leafLower)) best = 740 - Math.min(60, 3 * (lower.length - q.leaf.length));
  else if (entry.joined.startsWith(q.joined)) best = 725 - Math.min(60, 3 * (entry.joined.length - q.joined.length));
  if (best < 850 && q.parts.length) {
    const about = [...words(entry.parent), ...entry.parent.toLowerCase().split(".")].map(stem);
    let found = 0, here = 0, asked = q.parts.length;
    for (const part of q.parts) {
      const long = part.length > 2;
      if (entry.parts.includes(part)) here += 1, found += 1;
      else if (long && entry.parts.some((other) => other.startsWith(part))) here += 1, found += 0.9;
      else if (long && entry.parts.some((other) => other.length > 2 && part.startsWith(other))) here += 1, found += 0.8;
      else if (about.includes(part) || (long && about.some((other) => other.startsWith(part)))) found += 0.75;
      else if (entry.parts.some((other) => akin(other, part))) here += 1, found += 0.75;
      else if (asked > 1 && FILLER.test(part)) asked -= 1;
      else if (fuzzy && part.length > 4 && entry.parts.some((other) => edits(other, part, 1) < 2)) here += 1, found += 0.8;
    }
    const share = found / asked;
    if (here && share > 0.6) best = Math.max(best, 470 + 250 * share - 8 * Math.max(0, entry.parts.length - here));
    // "stats norm": last the name, before it its home.
    for (let i = 1; best < 860 && i < q.spoken.length; i++)
      if (q.spoken.slice(i).join("") === entry.joined && q.parts.slice(0, i).every((part) => about.includes(part))) best = 860;
    if (best < 790 && q.initials && entry.parts.includes(q.initials)) best = 790 - 8 * entry.parts.length;
    if (best < 880 && q.joined.length > 2 && entry.initials === q.joined) best = 880;
    for (const [phrase, rank] of entry.phrases) {
      let hit = 0, need = q.parts.length;
      for (const part of q.parts)
        if (phrase.some((word) => word === part || (part.length > 3 && word.startsWith(part)) || akin(word, part))) hit += 1;
        else if (FILLER.test(part)) need -= 1;
      if (hit && hit === need && (hit > 1 || phrase[0] === q.parts[0]))
        best = Math.max(best, (q.parts.every((part, i) => phrase[i] === part) ? (phrase.length === q.parts.length ? 875 : q.parts.length > 1 ? 855 : 770) : 785) - 20 * rank);
    }
  }
  if (best < 600 && lower.includes(q.leafLower) && q.leaf.length > 2) best = Math.max(best, 590 - Math.min(50, lower.length - q.leaf.length));
  if (fuzzy && best < 700 && q.joined.length > 3) {
    const most = q.joined.length > 6 ? 2 : 1;
    const off = edits(entry.joined, q.joined, most);
    if (off <= most) best = Math.max(best, (entry.joined[0] === q.joined[0] ? 760 : 740) - 60 * off);
    else if (entry.joined.length > q.joined.length && q.joined.length > 5 && edits(entry.joined.slice(0, q.joined.length), q.joined, 1) < 2) best = Math.max(best, 610);
  }
  if (q.of && best) best += name.startsWith(q.of + ".") ? 60 : -60;
  return best;
}

/**
 * Symbols that answer a query, best first; a `good` one is more than a guess.
 *
 * @param {string} query What the reader typed: a name, part of one, words.
 * @param {{base: string|URL, fetch?: typeof globalThis.fetch, limit?: number}} options `base`: folder of the index.
 * @returns {Promise<{name: string, project: string, role: string, url: string, title: string, good: boolean}[]>}
 * @throws {Error} When a file of the index cannot be had.
 */
export async function search(query, { base, fetch = globalThis.fetch.bind(globalThis), limit = 20 }) {
  query = String(query).slice(0, 200);
  const index = await open(base, fetch);
  const q = read(query, index.about);
  if (q.joined === "_" && !q.leaf) return [];
  const found = new Map();
  const take = (shards, fuzzy) => {
    for (const entry of shards.flat()) {
      const value = score(entry, q, fuzzy), total = value + entry.prior, id = entry.id + " " + entry.name;
      if (value && !(found.get(id)?.[0] >= total)) found.set(id, [total, entry, value]);
    }
  };
  const best = () => Math.max(0, ...Array.from(found.values(), (one) => one[2]));
  const some = q.parts.length > 1 && !q.dotted;
  const longest = some ? [...q.parts].sort((a, b) => b.length - a.length) : [];
  const asked = new Set([q.joined, key(q.full.split(".").pop()), ...longest.slice(0, 2)]);
  const near = await Promise.all([...asked].map((word) => index.shard(word)));
  take(near, false);
  if (some && best() < 800) {
    // "breadth first search" may be `bfs_tree`, "group by" `groupby`.
    const pairs = q.spoken.slice(1).map((word, i) => q.spoken[i] + word);
    const more = [q.initials, q.parts.at(-1), ...pairs.slice(0, 2), longest[0].slice(0, -2), ...longest].filter((word) => word && !asked.has(word));
    near.push(...(await Promise.all([...new Set(more)].slice(0, 3).map((word) => index.shard(word)))));
    take(near, false);
  }
  if (best() < 700) {
    // Perhaps misspelt: look again with tolerance, also among names that end alike; "nrom" and "norm" do not.
    const back = index.shard([...q.joined].reverse().join(""), "-"), swapped = index.shard(q.joined.replace(/^(.)(.)(.)(?=.$)/, "$1$3$2"));
    take([...near, await back, await swapped], true);
  }
  if (q.dotted && best() < 900 && q.parent) {
    // Perhaps a name whose parent is the thing: `numpy.linalg` or `DataFrame.`
    take([await index.shard(key(q.parent.split(".").pop()))], true);
  }
  return [...found.values()]
    .sort((a, b) => b[0] - a[0] || a[1].name.length - b[1].name.length || (a[1].name < b[1].name ? -1 : 1))
    .slice(0, limit)
    .map(([, { name, parent, project, role, title, home, path }, value]) => {
      path = path.replaceAll("^", () => parent).replaceAll("$", () => name);
      return { name, project, role, title, good: value >= 680, url: ADDRESS.test(path) ? home : home + path.replace(/^\/+/, "") };
    });
}
