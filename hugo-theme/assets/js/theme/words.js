/** The script's own element: translated words and file names travel in its data attributes. */
export const self = document.currentScript;
export const words = self.dataset;

/** Address of a file that lies beside this script, right in any sub-path. */
export const beside = (name) => new URL(name, self.src).href;

/** A new element with some properties. */
export const make = (tag, properties) => Object.assign(document.createElement(tag), properties);

/** All elements that match. */
export const all = (selector, root = document) => [...root.querySelectorAll(selector)];
