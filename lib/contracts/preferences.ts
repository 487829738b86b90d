export const locales = ["en", "zh-CN"] as const;
export type Locale = (typeof locales)[number];

export const themes = ["system", "light", "dark"] as const;
export type Theme = (typeof themes)[number];

/** Cookies that the browser writes and the server reads, so that the first paint is right. */
export const preferenceCookies = {
  locale: "parley.locale",
  theme: "parley.theme",
  /** Width in pixels, `:closed` after it when it is hidden; see parseSidebar. */
  sidebar: "parley.sidebar",
  /** The browser's time zone, so that the server groups by the same days. */
  timeZone: "parley.zone",
} as const;

export const sidebarWidths = { min: 208, default: 264, max: 420 } as const;

export type SidebarPreference = { widthPx: number; isOpen: boolean };

/** What the cookie says, or the default for whatever it should not say. */
export function parseSidebar(value: string | undefined): SidebarPreference {
  const [width, state] = (value ?? "").split(":");
  const widthPx = Number(width);
  const isUsable = Number.isInteger(widthPx) && width !== "";
  return {
    widthPx: isUsable ? clampSidebarWidth(widthPx) : sidebarWidths.default,
    isOpen: state !== "closed",
  };
}

export function formatSidebar({ widthPx, isOpen }: SidebarPreference): string {
  return isOpen ? String(widthPx) : `${String(widthPx)}:closed`;
}

export function clampSidebarWidth(widthPx: number): number {
  return Math.min(sidebarWidths.max, Math.max(sidebarWidths.min, Math.round(widthPx)));
}
