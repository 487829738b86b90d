import type { Outgoing } from "./outgoing";
import type { SentMessage } from "./plan-result";
import { needsStandIn, standInId, type StandIn } from "./stand-in";

/**
 * Puts what is sent into the form that models expect: a user message first, and then roles in turn.
 * Neighbours of one role become one message; their tools' calls stay together with their results,
 * and before their text.
 */
export function alternateRoles(outgoing: readonly Outgoing[], standIn: StandIn): SentMessage[] {
  const sent: SentMessage[] = [];
  if (needsStandIn(outgoing[0]?.item))
    sent.push({ ...plain, id: standInId, ids: [], role: "user", text: standIn.text });
  for (const { item, text, toolUses, reasoning } of outgoing) {
    const { id } = item.message;
    const previous = sent.at(-1);
    if (previous?.role !== item.role) {
      sent.push({ id, ids: [id], role: item.role, text, toolUses, reasoning });
      continue;
    }
    previous.ids.push(id);
    previous.text = join(previous.text, text);
    previous.reasoning = join(previous.reasoning, reasoning);
    previous.toolUses = [...previous.toolUses, ...toolUses];
  }
  return sent;
}

const plain = { toolUses: [], reasoning: "" };

// The line between them costs less than the second message's frame, which was counted.
const join = (one: string, other: string) =>
  [one, other].filter((text) => text !== "").join("\n\n");
