import { adminRoutes } from "./admin-routes.testing";
import type { RouteEntry } from "./route-entry.testing";

const turn = (rest: object) => ({
  message: { id: "another-users-question", role: "user", parts: [{ type: "text", text: "Hi" }] },
  ...rest,
});

/** Stands for the id of the conversation, in bodies. */
export const conversationSlot = "CONVERSATION";
/** Stands for the id of a message of that conversation, in bodies. */
export const messageSlot = "MESSAGE-ID";
/** Stands for the id of an image that its owner has uploaded, in bodies. */
export const attachmentSlot = "ATTACHMENT-ID";

/**
 * Every route of the API. The tests beside this file fail when a route is missing here, and try
 * each as nobody, as a member and as another user.
 */
export const routeManifest: RouteEntry[] = [
  ...(["GET", "POST", "PATCH", "PUT", "DELETE"] as const).map((method) => ({
    path: "[...path]",
    method,
    access: "public" as const,
    resource: null,
  })),
  { path: "health", method: "GET", access: "public", resource: null },
  { path: "ready", method: "GET", access: "public", resource: null },
  { path: "register", method: "POST", access: "public", resource: null },
  { path: "auth/[...nextauth]", method: "GET", access: "public", resource: null },
  { path: "auth/[...nextauth]", method: "POST", access: "public", resource: null },
  { path: "auth/session", method: "GET", access: "public", resource: null },

  {
    path: "chat",
    method: "POST",
    access: "user",
    resource: "conversation",
    body: turn({ id: conversationSlot }),
  },
  {
    path: "chat",
    method: "POST",
    access: "user",
    resource: "conversation",
    body: turn({ id: "a-conversation-of-my-own", parentId: messageSlot }),
  },
  {
    path: "chat",
    method: "POST",
    access: "user",
    resource: "conversation",
    body: { id: conversationSlot, trigger: "regenerate-message", messageId: messageSlot },
  },
  {
    path: "chat",
    method: "POST",
    access: "user",
    resource: "conversation",
    body: { id: conversationSlot, trigger: "continue-message", messageId: messageSlot },
  },
  { path: "chat/[id]/stream", method: "GET", access: "user", resource: "conversation" },
  {
    path: "chat/[id]/stream",
    query: `?messageId=${messageSlot}`,
    method: "GET",
    access: "user",
    resource: "conversation",
  },
  { path: "chat/[id]/stop", method: "POST", access: "user", resource: "conversation" },
  {
    path: "chat/[id]/plan",
    method: "POST",
    access: "user",
    resource: "conversation",
    forOthers: "empty",
    body: { text: "Hi" },
  },
  {
    path: "chat/[id]/plan",
    method: "POST",
    access: "user",
    resource: "conversation",
    body: { parentId: messageSlot },
  },

  { path: "conversations", method: "GET", access: "user", resource: null },
  { path: "conversations/[id]", method: "GET", access: "user", resource: "conversation" },
  {
    path: "conversations/[id]",
    method: "PATCH",
    access: "user",
    resource: "conversation",
    body: { title: "Taken over" },
  },
  {
    path: "conversations/[id]",
    method: "PATCH",
    access: "user",
    resource: "conversation",
    body: { isDeleted: false },
  },
  { path: "conversations/[id]", method: "DELETE", access: "user", resource: "conversation" },
  { path: "conversations/[id]/messages", method: "GET", access: "user", resource: "conversation" },
  {
    path: "conversations/[id]/find",
    query: "?query=CANARY",
    method: "GET",
    access: "user",
    resource: "conversation",
  },

  { path: "conversations/[id]/summary", method: "GET", access: "user", resource: "conversation" },
  ...[{ text: "Taken over" }, { isOff: true }, { restoreId: "a-summary" }].map((body) => ({
    path: "conversations/[id]/summary",
    method: "PATCH" as const,
    access: "user" as const,
    resource: "conversation" as const,
    body,
  })),
  {
    path: "conversations/[id]/summary",
    method: "POST",
    access: "user",
    resource: "conversation",
    body: {},
  },
  {
    path: "conversations/[id]/successor",
    method: "POST",
    access: "user",
    resource: "conversation",
  },

  ...[
    { isChosen: true },
    { text: "Taken over" },
    { context: "excluded" },
    { isContextStart: true },
    { isDeleted: false },
  ].map((body) => ({
    path: "messages/[id]",
    method: "PATCH" as const,
    access: "user" as const,
    resource: "message" as const,
    body,
  })),
  { path: "messages/[id]", method: "DELETE", access: "user", resource: "message" },
  { path: "messages/[id]/branch", method: "POST", access: "user", resource: "message" },
  { path: "messages/[id]/candidates", method: "GET", access: "user", resource: "message" },
  { path: "messages/[id]/plan", method: "GET", access: "user", resource: "message" },
  { path: "messages/[id]/receipt", method: "GET", access: "user", resource: "message" },

  { path: "attachments", method: "POST", access: "user", resource: null },
  { path: "attachments/[id]", method: "GET", access: "user", resource: "attachment" },
  { path: "attachments/[id]", method: "DELETE", access: "user", resource: "attachment" },
  {
    path: "chat",
    method: "POST",
    access: "user",
    resource: "attachment",
    body: {
      id: "a-conversation-of-my-own",
      message: {
        id: "another-users-image",
        role: "user",
        parts: [
          { type: "file", url: `/api/attachments/${attachmentSlot}`, mediaType: "image/png" },
        ],
      },
    },
  },

  { path: "alerts", method: "GET", access: "user", resource: null },
  { path: "alerts/seen", method: "POST", access: "user", resource: null },
  { path: "events", method: "GET", access: "user", resource: null },

  { path: "me", method: "GET", access: "user", resource: null },
  { path: "me", method: "PATCH", access: "user", resource: null },
  { path: "me/password", method: "POST", access: "user", resource: null },
  { path: "me/presets", method: "GET", access: "user", resource: null },
  {
    path: "me/presets",
    method: "POST",
    access: "user",
    resource: null,
    body: { name: "Exact", parameters: { temperature: 0 } },
  },
  { path: "me/presets/[id]", method: "PATCH", access: "user", resource: null, body: { name: "N" } },
  { path: "me/presets/[id]", method: "DELETE", access: "user", resource: null },
  { path: "me/sessions", method: "DELETE", access: "user", resource: null },
  { path: "me/provider-keys", method: "GET", access: "user", resource: null },
  {
    path: "me/provider-keys/[id]",
    method: "PUT",
    access: "user",
    resource: null,
    body: { key: "sk-mine" },
  },
  { path: "me/provider-keys/[id]", method: "DELETE", access: "user", resource: null },
  { path: "models", method: "GET", access: "user", resource: null },
  { path: "usage/budgets", method: "GET", access: "user", resource: null },

  { path: "usage", method: "GET", access: "user", resource: null },

  ...adminRoutes,
];
