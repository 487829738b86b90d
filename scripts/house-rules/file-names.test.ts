import { expect, it } from "vitest";
import { findBadNames } from "./file-names";

it("accepts kebab-case, several endings, and what Next and languages ask for", () => {
  const files = [
    "lib/server/db/conversation-rows.db.test.ts",
    "app/(chat)/c/[id]/page.tsx",
    "app/api/auth/[...nextauth]/route.ts",
    "messages/zh-CN/chat.json",
  ];
  expect(files.flatMap(findBadNames)).toEqual([]);
});

it("names the part of a path that is not in kebab-case", () => {
  expect(findBadNames("components/Chat/composer.tsx")).toEqual(["Chat"]);
  expect(findBadNames("lib/client/use_store.ts")).toEqual(["use_store"]);
  expect(findBadNames("components/chat/messageList.tsx")).toEqual(["messageList"]);
});
