/** A button on every block of code that copies what one would type, without prompts and line numbers. */
import { words } from "./words.js";

const prompt = /^(>>>|\.\.\.|\$|In \[\d+\]:) ?/;

/** Text worth pasting: of a session with prompts only the commands. */
export const pasteable = (text) => {
  const lines = text.split("\n");
  if (!/^(>>>|\$ |In \[\d+\]:)/.test(lines[0])) return text;
  let goesOn = false; // after a trailing backslash
  return lines
    .filter((line) => {
      const keep = goesOn || prompt.test(line);
      goesOn = keep && line.endsWith("\\");
      return keep;
    })
    .map((line) => line.replace(prompt, ""))
    .join("\n");
};

const write = async (text) => {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // Pages served without https have no clipboard object.
  const area = Object.assign(document.createElement("textarea"), { value: text });
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (!done) throw new Error("copy");
};

export default (document) => {
  const blocks = document.querySelectorAll("div.highlight, pre:not(div.highlight pre, .mermaid)");
  if (!blocks.length) return;
  const status = Object.assign(document.createElement("span"), { className: "visually-hidden" });
  status.role = "status";
  document.body.append(status);
  for (const block of blocks) {
    const code = [...block.querySelectorAll("code")].pop();
    if (!code) continue;
    const button = Object.assign(document.createElement("button"), {
      type: "button",
      className: "copy-button",
      textContent: words.copy,
    });
    button.addEventListener("click", async () => {
      const copy = code.cloneNode(true);
      for (const number of copy.querySelectorAll(".ln, .lnt")) number.remove();
      const focus = document.activeElement;
      const said = await write(pasteable(copy.textContent.trimEnd())).then(
        () => words.copied,
        () => words.copyFailed,
      );
      focus.focus();
      button.textContent = status.textContent = said;
      button.classList.add("copied");
      setTimeout(() => {
        button.textContent = words.copy;
        status.textContent = "";
        button.classList.remove("copied");
      }, 2000);
    });
    // Beside the scrolling box, not in it, so that it stays in its corner.
    if (block.matches("pre")) {
      const box = Object.assign(document.createElement("div"), { className: "highlight" });
      block.replaceWith(box);
      box.append(block, button);
    } else {
      block.append(button);
    }
  }
};
