/** Sizes that browser and server agree on. Text is counted in UTF-16 code units. */
export const limits = {
  messageCharacters: 400_000,
  systemPromptCharacters: 32_000,
  titleCharacters: 200,
  summaryCharacters: 20_000,
  /** Bounds of a context policy. */
  contextRounds: 1000,
  contextTokensMin: 500,
  contextTokens: 10_000_000,
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
  /** Answers to one question at a time. */
  candidates: 4,
  jsonSchemaCharacters: 20_000,
  parameterPresets: 50,
  /** Bytes of an image as it is picked; the browser makes larger ones smaller first. */
  uploadBytes: 12 * 1024 * 1024,
  /** Pixels of the longer side of an image as it is kept. */
  imageSide: 2048,
  imagesPerMessage: 8,
  /** Images that no message shows yet, and all of a user's, in bytes. */
  imageStoreBytes: 500 * 1024 * 1024,
  keysPerProvider: 20,
  aliasTargets: 8,
  alertChannels: 20,
  groups: 200,
  /** People who are put into a group, or taken out of it, at once. */
  groupChange: 1000,
  budgets: 200,
} as const;
