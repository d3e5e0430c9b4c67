/** A list of versions that lies on the server may know releases newer than this page. */
import { all, beside, words } from "./words.js";

export default () =>
  all("[data-versions-url]").map(async (menu) => (await import(beside(words.versions))).refresh(menu));
