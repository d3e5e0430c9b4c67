/* Filter the images, and keep drafts of descriptions in this browser. The page is complete without it. */
"use strict";
const form = document.querySelector("form.filter");
const cards = [...document.querySelectorAll(".card")];
const output = form.querySelector("output");
const none = document.querySelector(".none");
const copy = form.querySelector(".copy");

function show() {
  const words = form.words.value.toLowerCase().split(/\s+/).filter(Boolean);
  const states = new Set([...form.querySelectorAll("[name=state]:checked")].map((box) => box.value));
  let n = 0;
  for (const card of cards) {
    const { state, folder, rules, words: text } = card.dataset;
    const fits =
      states.has(state) &&
      (!form.folder.value || folder === form.folder.value) &&
      (!form.rule.value || rules.split(" ").includes(form.rule.value)) &&
      words.every((word) => text.includes(word));
    card.hidden = !fits;
    n += fits;
  }
  output.textContent = `${n.toLocaleString("en")} of ${cards.length.toLocaleString("en")} images`;
  none.hidden = n > 0 || cards.length === 0;
}

const store = {
  key: (card) => `alt-text draft ${location.pathname} ${card.dataset.where}`,
  get(card) { try { return localStorage.getItem(this.key(card)) ?? ""; } catch { return ""; } },
  set(card, text) {
    try { text ? localStorage.setItem(this.key(card), text) : localStorage.removeItem(this.key(card)); } catch { /* private window */ }
  },
};

function drafts() {
  return cards.flatMap((card) => {
    const text = card.querySelector("textarea")?.value.trim();
    return text ? [`${card.dataset.where}\t${text.replace(/\s+/g, " ")}`] : [];
  });
}

function count(card) {
  const area = card.querySelector("textarea");
  const n = [...area.value.trim()].length;
  card.querySelector(".count").textContent = n ? `${n} characters` : "";
  const all = drafts().length;
  copy.disabled = !all;
  copy.textContent = all ? `Copy ${all} draft${all === 1 ? "" : "s"}` : "Copy drafts";
}

for (const card of cards) {
  const area = card.querySelector("textarea");
  if (!area) continue;
  area.closest(".draft").hidden = false;
  area.value = store.get(card);
  area.addEventListener("input", () => { store.set(card, area.value); count(card); });
  if (area.value) count(card);
}
copy.addEventListener("click", async () => {
  const text = drafts().join("\n");
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  output.textContent = "Drafts are in the clipboard, a line each: place, then words.";
});
for (const cell of document.querySelectorAll("th[data-filter]")) {
  const button = Object.assign(document.createElement("button"), { type: "button" });
  button.append(...cell.childNodes);
  cell.append(button);
  button.addEventListener("click", () => {
    form.folder.value = cell.dataset.filter;
    show();
    document.getElementById("images").focus();
  });
}
document.querySelector(".reset").addEventListener("click", () => { form.reset(); show(); form.words.focus(); });
form.addEventListener("input", show);
form.addEventListener("submit", (event) => event.preventDefault());
form.hidden = false;
show();
