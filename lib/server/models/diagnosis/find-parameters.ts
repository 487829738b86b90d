import "server-only";
import type { Json } from "@/lib/domain/chat-completions/json";
import { findNamed, type ParameterFact } from "@/lib/domain/diagnosis/judge-parameters";
import { makeParameterProbe, triedNames, type TriedName } from "@/lib/domain/diagnosis/probes";
import type { Prober } from "./prober";

/**
 * Finds out which parameters are taken in as few requests as it goes: all at once, and after a
 * refusal without the one that it names, or by halves where it names none.
 */
export async function findParameters(
  prober: Prober,
  limit: Json,
): Promise<Map<TriedName, ParameterFact>> {
  const facts = new Map<TriedName, ParameterFact>();
  const settle = (names: readonly TriedName[], fact: ParameterFact) => {
    for (const name of names) facts.set(name, fact);
  };
  const search = async (names: readonly TriedName[]): Promise<void> => {
    const [first] = names;
    if (first === undefined) return;
    const asked = await prober.ask({ ...makeParameterProbe(names), ...limit });
    if (typeof asked === "string") settle(names, { is: "skipped", reason: asked });
    else if (asked.isOk) settle(names, { is: "taken", reply: asked });
    else if (!asked.isRefused) settle(names, { is: "unclear", reply: asked });
    else {
      const named = names.length === 1 ? first : findNamed(asked.words, names);
      if (named !== null) {
        settle([named], { is: "refused" });
        await search(names.filter((name) => name !== named));
        return;
      }
      const half = Math.ceil(names.length / 2);
      await search(names.slice(0, half));
      await search(names.slice(half));
    }
  };
  await search(triedNames);
  return facts;
}
