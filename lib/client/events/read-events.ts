import type { AccountEvent } from "@/lib/contracts/events";

const types: ReadonlySet<string> = new Set<AccountEvent["type"]>([
  "hello",
  "conversation",
  "conversation-removed",
  "messages-changed",
  "settings-changed",
  "alerts-changed",
]);

/**
 * Reads an account's event stream to its end. `onAlive` is called for whatever comes, heartbeats
 * too; what is no event that this build knows is passed over.
 */
export async function readEvents(
  body: ReadableStream<Uint8Array>,
  { onEvent, onAlive }: { onEvent: (event: AccountEvent) => void; onAlive: () => void },
): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onAlive();
      rest += decoder.decode(value, { stream: true });
      const lines = rest.split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        const event = line.startsWith("data:") ? parseEvent(line.slice("data:".length)) : null;
        if (event !== null) onEvent(event);
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function parseEvent(text: string): AccountEvent | null {
  try {
    const value = JSON.parse(text) as { type?: unknown } | null;
    const isKnown = typeof value?.type === "string" && types.has(value.type);
    return isKnown ? (value as AccountEvent) : null;
  } catch {
    return null;
  }
}
