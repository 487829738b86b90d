import type { CapabilityCard } from "@/lib/contracts/cards";
import type { ParameterName, ReasoningEffort } from "@/lib/contracts/parameters";
import type { ProviderKind } from "@/lib/contracts/providers";
import type { Json } from "../chat-completions/json";
import type { SettledCard } from "./settled-card";

/** Where a model is called. */
export type Endpoint = {
  /** Without a slash at its end. */
  baseUrl: string;
  /** Azure's; null elsewhere. */
  apiVersion: string | null;
  /** The id at the provider; Azure's deployment. */
  modelName: string;
};

/** Parameters that are plain numbers. */
export type NumberName = "temperature" | "topP" | "frequencyPenalty" | "presencePenalty" | "seed";

/** A way to say how much a model is to think. `isExact` false: the next best that there is. */
export type EffortFields = { fields: Json; isExact: boolean };

/** What is peculiar to a provider's form of chat completions; pure data and small rules. */
export type Dialect = {
  kind: ProviderKind;
  /** What holds for its models where nothing better is known. */
  card: CapabilityCard;
  makeChatUrl: (endpoint: Endpoint) => string;
  /** Null where it has no list of models to call. */
  makeModelsUrl: (endpoint: Omit<Endpoint, "modelName">) => string | null;
  makeHeaders: (key: string | null) => Record<string, string>;
  /** Numbers that it takes, where that is less than the standard's. */
  ranges: Partial<Record<NumberName, { min?: number; max?: number }>>;
  /** How many stop sequences it takes. */
  mostStops: number;
  /** Whether JSON mode is refused where no message speaks of JSON. */
  wantsWordJson: boolean;
  /** How it is told how much to think; null where it cannot be told. */
  writeEffort: (
    effort: ReasoningEffort,
    model: { modelName: string; card: SettledCard },
  ) => EffortFields | null;
  /** Parameters that its models set themselves while they think. */
  fixedWhileThinking: readonly ParameterName[];
  /** Whether this model, if it can think, does so without being told to. */
  thinksUnasked: (modelName: string) => boolean;
};
