import "server-only";
import type { Json } from "@/lib/domain/chat-completions/json";
import { findNamed, type ParameterFact } from "@/lib/domain/diagnosis/judge-parameters";
import { makeParameterProbe, type TriedName } from "@/lib/domain/diagnosis/probes";
import type { Prober } from "./prober";

/**
 * Finds out which parameters are taken in as few requests as it goes: all at once, and after a
 * refusal without the one that it names, or by halves where it names none.
 */
export async function findParameters(
  prober: Prober,
  names: readonly TriedName[],
  rest: Json,
): Promise<Map<TriedName, ParameterFact>> {
  const facts = new Map<TriedName, ParameterFact>();
  const settle = (some: readonly TriedName[], fact: ParameterFact) => {
    for (const name of some) facts.set(name, fact);
  };
  const search = async (some: readonly TriedName[]): Promise<void> => {
    const [first] = some;
    if (first === undefined) return;
    const asked = await prober.ask({ ...makeParameterProbe(some), ...rest });
    if (typeof asked === "string") settle(some, { is: "skipped", reason: asked });
    else if (asked.isOk) settle(some, { is: "taken", reply: asked });
    else if (!asked.isRefused) settle(some, { is: "unclear", reply: asked });
    else {
      const named = some.length === 1 ? first : findNamed(asked.words, some);
      if (named !== null) {
        settle([named], { is: "refused" });
        await search(some.filter((name) => name !== named));
        return;
      }
      const half = Math.ceil(some.length / 2);
      await search(some.slice(0, half));
      await search(some.slice(half));
    }
  };
  await search(names);
  return facts;
}
