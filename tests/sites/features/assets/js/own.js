// A classic script of the site: its names are global.
var ownScriptRan = typeof document.currentScript !== "undefined";
