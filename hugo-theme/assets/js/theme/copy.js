/** A button on every block of code that copies what one would type, without prompts and line numbers. */
import { all, make, words } from "./words.js";

const prompt = /^(>>>|\.\.\.|\$|In \[\d+\]:) ?/;

/** Text worth pasting: of a session with prompts only the commands. */
const pasteable = (text) => {
  if (!/^(>>>|\$ |In \[)/.test(text)) return text;
  let goesOn; // after a trailing backslash
  return text
    .split("\n")
    .filter((line) => {
      const keep = goesOn || prompt.test(line);
      goesOn = keep && line.endsWith("\\");
      return keep;
    })
    .map((line) => line.replace(prompt, ""))
    .join("\n");
};

export default () => {
  // Pages served without https have no clipboard.
  if (!navigator.clipboard) return;
  const status = make("span", { className: "visually-hidden", role: "status" });
  document.body.append(status);
  for (const block of all("div.highlight, pre:not(div.highlight pre, .mermaid)")) {
    const code = all("code", block).pop();
    if (!code) continue;
    const button = make("button", { type: "button", className: "copy-button", textContent: words.copy });
    const say = (label, said = label) => {
      button.textContent = label;
      button.classList.toggle("copied", said);
      status.textContent = said;
    };
    button.onclick = () => {
      const copy = code.cloneNode(true);
      for (const number of all(".ln, .lnt", copy)) number.remove();
      navigator.clipboard.writeText(pasteable(copy.textContent.trimEnd())).then(
        () => say(words.copied),
        () => say(words.copyFailed),
      );
      setTimeout(say, 2000, words.copy, "");
    };
    // Beside the scrolling box, not in it, so that it stays in its corner.
    if (block.matches("pre")) {
      const box = make("div", { className: "highlight" });
      block.tabIndex = 0;
      block.replaceWith(box);
      box.append(block, button);
    } else {
      block.append(button);
    }
  }
};
