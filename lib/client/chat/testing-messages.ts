import type { Message } from "@/lib/contracts/messages";

/** A message for tests. */
export function testMessage(message: Partial<Message> & Pick<Message, "id">): Message {
  return {
    parentId: null,
    role: "user",
    parts: [{ type: "text", text: `text of ${message.id}` }],
    status: "complete",
    errorCode: null,
    errorDetails: null,
    siblingIds: [message.id],
    model: null,
    context: "auto",
    isEdited: false,
    failover: null,
    candidateGroup: null,
    usage: null,
    budgetLimit: null,
    createdAt: "2026-01-02T03:04:05.000Z",
    ...message,
  };
}

/** A branch of alternating messages with these ids, the first by the user. */
export function testBranch(...ids: string[]): Message[] {
  return ids.map((id, at) =>
    testMessage({
      id,
      parentId: ids[at - 1] ?? null,
      role: at % 2 === 0 ? "user" : "assistant",
    }),
  );
}
