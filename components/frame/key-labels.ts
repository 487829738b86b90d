/** Shortcuts as text. `Mod` is the command key on Apple's keyboards and Ctrl elsewhere. */
export const keyLabels = {
  palette: "Ctrl/⌘ K",
  sidebar: "Ctrl/⌘ B",
  newConversation: "Ctrl/⌘ Shift O",
  keys: "Ctrl/⌘ /",
} as const;
