/** Where scripts/vendor.mjs puts the diagram library. */
export const diagramBundlePath = "/vendor/mermaid.min.js";
