import { capabilityCardSchema, type CapabilityCard } from "@/lib/contracts/cards";
import { dropUndefined } from "@/lib/domain/drop-undefined";

/** Facts of a model that are no part of its card, and yet can be set by hand. */
export const modelFacts = ["contextWindow", "maxOutputTokens"] as const;

type Facts = { [Name in keyof CapabilityCard]?: CapabilityCard[Name] | undefined };

/** The card with facts that a person has set: each is fixed, so that no test changes it. */
export function setByHand(
  before: CapabilityCard,
  { capabilities = {}, parameters = {}, ...facts }: Facts,
): CapabilityCard {
  return fix(
    {
      ...before,
      ...dropUndefined(facts),
      capabilities: { ...before.capabilities, ...capabilities },
      parameters: { ...before.parameters, ...parameters },
      // A shipped card is read anew with each release; this one is somebody's from now on.
      source: before.source === "diagnosis" ? "diagnosis" : "admin",
    },
    [
      ...Object.keys(capabilities).map((name) => `capabilities.${name}`),
      ...Object.keys(parameters).map((name) => `parameters.${name}`),
      ...Object.keys(dropUndefined(facts)),
    ],
  );
}

/** The card with more paths marked as set by hand. */
export function fix(card: CapabilityCard, paths: readonly string[]): CapabilityCard {
  return { ...card, fixed: [...new Set([...card.fixed, ...paths])] };
}

/**
 * The card without what a person had set at these paths: what `known` says of them holds again, and
 * where it says nothing they are unknown.
 */
export function release(
  card: CapabilityCard,
  paths: readonly string[],
  known: CapabilityCard,
): CapabilityCard {
  const released = card.fixed.filter((path) => paths.includes(path));
  const facts = released
    .filter((path) => !(modelFacts as readonly string[]).includes(path))
    .reduce<Tree>((tree, path) => put(tree, path.split("."), read(known, path)), card);
  const fixed = card.fixed.filter((path) => !released.includes(path));
  const { source, ...rest } = capabilityCardSchema.parse({ ...facts, fixed });
  const isUntouched = source === "admin" && fixed.length === 0;
  return { ...rest, ...dropUndefined({ source: isUntouched ? known.source : source }) };
}

type Tree = Readonly<Record<string, unknown>>;

function read(tree: Tree, path: string): unknown {
  return path.split(".").reduce<unknown>((value, name) => asTree(value)[name], tree);
}

function put(tree: Tree, [name = "", ...rest]: readonly string[], value: unknown): Tree {
  const { [name]: before, ...others } = tree;
  if (rest.length > 0) return { ...others, [name]: put(asTree(before), rest, value) };
  return value === undefined ? others : { ...others, [name]: value };
}

function asTree(value: unknown): Tree {
  return typeof value === "object" && value !== null ? (value as Tree) : {};
}
