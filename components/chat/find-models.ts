import type { ModelOption } from "@/lib/contracts/providers";

type Found = Pick<ModelOption, "label" | "description" | "providerName" | "modelLabel">;

/**
 * The models that have every word of a query, in their own order; those whose name is what was
 * typed come first, then those whose name begins with it.
 */
export function findModels<Model extends Found>(
  models: readonly Model[],
  query: string,
): readonly Model[] {
  const typed = query.trim().toLocaleLowerCase();
  if (typed === "") return models;
  const parts = typed.split(/\s+/);
  const rank = ({ label }: Model) => {
    const name = label.toLocaleLowerCase();
    if (name === typed) return 0;
    return name.startsWith(typed) ? 1 : 2;
  };
  return models
    .filter(({ label, description, providerName, modelLabel }) => {
      const words = [label, description, providerName, modelLabel].join(" ").toLocaleLowerCase();
      return parts.every((part) => words.includes(part));
    })
    .toSorted((one, other) => rank(one) - rank(other));
}
