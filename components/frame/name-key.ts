type KeyPress = {
  key: string;
  code: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
};

/** `k`, `/` or `shift+o` when it is pressed with Ctrl or ⌘ and nothing else; null otherwise. */
export function nameKey(press: KeyPress): string | null {
  if (press.ctrlKey === press.metaKey || press.altKey) return null;
  // The slash needs Shift on some keyboards, so it is known by its character there.
  if (press.key === "/" || (press.code === "Slash" && !press.shiftKey)) return "/";
  return `${press.shiftKey ? "shift+" : ""}${press.key.toLowerCase()}`;
}
