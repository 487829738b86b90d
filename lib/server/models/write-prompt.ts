import "server-only";
import type { ContextPlan } from "@/lib/domain/context/plan";
import type { CallContext } from "./call-context";
import type { PromptMessage } from "./prompt-message";

/** Writes what a plan sends, with the images of the messages that each is made of. */
export function writePrompt(
  { system, sent }: ContextPlan,
  { branch }: CallContext,
  { sees }: { sees: boolean },
): PromptMessage[] {
  const imagesOf = new Map(
    branch.flatMap(({ id, images }) => (images === undefined ? [] : [[id, images]])),
  );
  const messages = sent.map(({ role, text, ids, toolUses, reasoning }): PromptMessage => {
    const images = sees ? ids.flatMap((id) => imagesOf.get(id) ?? []) : [];
    return {
      role,
      text,
      ...(images.length === 0 ? {} : { images }),
      ...(reasoning === "" ? {} : { reasoning }),
      ...(toolUses.length === 0 ? {} : { toolUses }),
    };
  });
  return system === null ? messages : [{ role: "system", text: system }, ...messages];
}
