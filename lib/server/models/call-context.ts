import "server-only";
import { plainBranchContext } from "@/lib/contracts/context";
import type { PlanInput, PlanMessage } from "@/lib/domain/context/plan-input";
import { countText } from "@/lib/domain/tokens/count-text";
import type { PromptImage, PromptMessage } from "./prompt-message";

/** A message that a call may send, with what the plan need not know. */
export type ContextMessage = PlanMessage & {
  /** Of a user's message. */
  images?: readonly PromptImage[];
};

/** All that a call may say; the gate decides for each of its models what of it goes along. */
export type CallContext = Omit<PlanInput, "branch"> & { branch: readonly ContextMessage[] };

/** A context that is sent as it is: nothing of it is left out. */
export function fixedContext(prompt: readonly PromptMessage[]): CallContext {
  const instructions = prompt.filter(({ role }) => role === "system").map(({ text }) => text);
  const branch = prompt.flatMap(({ role, text, images = [], reasoning }, at): ContextMessage[] =>
    role === "system"
      ? []
      : [
          {
            id: String(at),
            role,
            text,
            counts: countText(text),
            images,
            ...(reasoning === undefined ? {} : { reasoning }),
          },
        ],
  );
  return {
    system: instructions.length === 0 ? null : instructions.join("\n\n"),
    summary: null,
    branch,
    isWhole: true,
    newestCount: branch.length,
    policy: { kind: "window", rounds: 1000, tokens: 10_000_000 },
    context: plainBranchContext,
    toolTokens: 0,
  };
}
