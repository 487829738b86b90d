import { parse, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";

/** Messages as they stand in a file: sentences, in groups. */
export type Messages = { [key: string]: string | Messages };

// The parser's `type` numbers, which it exports as a const enum that nothing can import.
const literal = 0;
const choices = new Set([5, 6]);
const pound = 7;
const tag = 8;

/** The sentences of a file by their dotted keys. */
export function flatten(messages: Messages, prefix = ""): Map<string, string> {
  const entries = Object.entries(messages).flatMap(([key, value]) => {
    const name = prefix === "" ? key : `${prefix}.${key}`;
    return typeof value === "string" ? [[name, value] as const] : [...flatten(value, name)];
  });
  return new Map(entries);
}

/** What a sentence needs to be handed: argument names, and tags as `<name>`. */
export function findArguments(sentence: string): Set<string> {
  return new Set(namesOf(parse(sentence)));
}

function namesOf(elements: MessageFormatElement[]): string[] {
  return elements.flatMap((element) => {
    const type: number = element.type;
    if (type === literal || type === pound) return [];
    const { value } = element as { value: string };
    if (type === tag) {
      return [`<${value}>`, ...namesOf((element as { children: MessageFormatElement[] }).children)];
    }
    if (!choices.has(type)) return [value];
    const { options } = element as { options: Record<string, { value: MessageFormatElement[] }> };
    return [value, ...Object.values(options).flatMap((option) => namesOf(option.value))];
  });
}

/** How two languages of one namespace differ, one line for each difference. */
export function compareLanguages(
  first: { language: string; messages: Messages },
  second: { language: string; messages: Messages },
): string[] {
  const left = flatten(first.messages);
  const right = flatten(second.messages);
  const lonely = (from: Map<string, string>, into: Map<string, string>, language: string) =>
    [...from.keys()].filter((key) => !into.has(key)).map((key) => `${key} has no ${language}`);
  return [
    ...lonely(left, right, second.language),
    ...lonely(right, left, first.language),
    ...findFaults(left, first.language),
    ...findFaults(right, second.language),
    ...[...left].flatMap(([key, sentence]) => {
      const twin = right.get(key);
      return twin === undefined ? [] : compareArguments(key, sentence, twin);
    }),
  ];
}

function compareArguments(key: string, left: string, right: string): string[] {
  if (!isReadable(left) || !isReadable(right)) return [];
  const [a, b] = [findArguments(left), findArguments(right)];
  const different = [...a.symmetricDifference(b)];
  return different.length === 0
    ? []
    : [`${key} takes ${different.join(", ")} in one language only`];
}

function findFaults(sentences: Map<string, string>, language: string): string[] {
  return [...sentences].flatMap(([key, sentence]) => {
    if (sentence.trim() === "") return [`${key} is empty in ${language}`];
    return isReadable(sentence) ? [] : [`${key} is not valid ICU in ${language}`];
  });
}

function isReadable(sentence: string): boolean {
  try {
    parse(sentence);
    return true;
  } catch {
    return false;
  }
}
