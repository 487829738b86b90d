import { lineText } from "@/lib/contracts/text";

const mostNames = 2000;
const nameSchema = lineText(200);

/**
 * The ids in a provider's list of models: OpenAI's `{ data: [{ id }] }`, a plain array of objects
 * or strings, or Ollama's `{ models: [{ name }] }`. At most 2,000, without repeats, in their order.
 *
 * @returns null when the value is no list of models at all.
 */
export function readModelNames(body: unknown): string[] | null {
  const list = findList(body);
  if (list === null) return null;
  const names = list.flatMap((entry) => {
    const parsed = nameSchema.safeParse(readName(entry));
    return parsed.success ? [parsed.data] : [];
  });
  return [...new Set(names)].slice(0, mostNames);
}

function findList(body: unknown): unknown[] | null {
  if (Array.isArray(body)) return body as unknown[];
  if (!isRecord(body)) return null;
  for (const list of [body["data"], body["models"]])
    if (Array.isArray(list)) return list as unknown[];
  return null;
}

function readName(entry: unknown): unknown {
  if (!isRecord(entry)) return entry;
  return entry["id"] ?? entry["name"] ?? entry["model"];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
