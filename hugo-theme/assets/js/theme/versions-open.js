/** A list of versions that lives on the server may know releases newer than this page. */
import { beside, words } from "./words.js";

export default (document) => {
  const menu = document.querySelector("[data-versions-url]");
  if (menu) import(beside(words.versions)).then(({ refresh }) => refresh(menu));
};
