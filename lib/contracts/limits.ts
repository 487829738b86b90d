/** Sizes that browser and server agree on. Text is counted in UTF-16 code units. */
export const limits = {
  messageCharacters: 400_000,
  systemPromptCharacters: 32_000,
  titleCharacters: 200,
  nameCharacters: 100,
  emailCharacters: 254,
  passwordMin: 8,
  passwordMax: 128,
  /** Bytes of a JSON body, unless a route says otherwise. */
  bodyBytes: 64 * 1024,
  /** Bytes of a chat turn: the longest message in UTF-8, with room for JSON escapes. */
  chatBodyBytes: 2 * 1024 * 1024,
  conversationsPage: 100,
  messagesPage: 100,
  findCharacters: 200,
  foundMessages: 500,
  usersPage: 100,
} as const;
