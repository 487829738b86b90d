import type { Config } from "tailwindcss";

// Colours are named after their role; app/globals.css gives them their values for light and dark.
// Nothing else is offered, so that no component can name a raw colour.
const config: Config = {
  content: [],
  theme: {
    colors: {
      transparent: "transparent",
      current: "currentColor",
      canvas: "var(--canvas)",
      surface: "var(--surface)",
      raised: "var(--raised)",
      hover: "var(--hover)",
      line: { DEFAULT: "var(--line)", strong: "var(--line-strong)" },
      ink: { DEFAULT: "var(--ink)", soft: "var(--ink-soft)", faint: "var(--ink-faint)" },
      accent: { DEFAULT: "var(--accent)", soft: "var(--accent-soft)" },
      "on-accent": "var(--on-accent)",
      good: "var(--good)",
      warn: "var(--warn)",
      bad: "var(--bad)",
      scrim: "var(--scrim)",
    },
    extend: {
      fontFamily: {
        sans: ["var(--font-ui)"],
        mono: ["var(--font-code)"],
      },
      fontSize: {
        small: ["0.78125rem", { lineHeight: "1.45" }],
        ui: ["0.875rem", { lineHeight: "1.45" }],
      },
      borderRadius: { control: "0.5rem", card: "0.875rem" },
      boxShadow: { float: "var(--shadow-float)" },
      // Where the sidebar becomes a drawer.
      screens: { frame: "900px" },
    },
  },
};

export default config;
