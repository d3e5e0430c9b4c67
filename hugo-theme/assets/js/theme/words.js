/** The script's own element: translated words and file names travel in its data attributes. */
export const self = document.currentScript;
export const words = self.dataset;

/** Address of a file that lies beside this script, right in any sub-path. */
export const beside = (name) => new URL(name, self.src).href;

/** A read-write pair on localStorage that never throws. */
export const remembered = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key)) || [];
  } catch {
    return [];
  }
};

export const remember = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // storage refused: nothing to remember
  }
};
