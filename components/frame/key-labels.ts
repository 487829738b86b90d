const keys = {
  palette: ["K"],
  sidebar: ["B"],
  newConversation: ["Shift", "O"],
  keys: ["/"],
} as const;

/** Whether this is an Apple keyboard, where the command key does what Ctrl does elsewhere. */
export function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}

/** A shortcut as text, for menus and tooltips, which only the browser ever draws. */
export function nameShortcut(name: keyof typeof keys): string {
  return isApple()
    ? ["⌘", ...keys[name]].join("").replace("Shift", "⇧")
    : ["Ctrl", ...keys[name]].join("+");
}
