/** The accent and its tints, for the parts of a bar from the lowest up. */
export const partColours = [
  "var(--accent)",
  "color-mix(in oklab, var(--accent) 38%, var(--canvas))",
  "color-mix(in oklab, var(--accent) 66%, var(--canvas))",
] as const;
