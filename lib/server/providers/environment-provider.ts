import "server-only";
import type { FoundProvider } from "@/lib/contracts/providers";
import { guessPreset } from "@/lib/domain/providers/guess-preset";
import { openAiBaseUrl } from "@/lib/domain/providers/presets";
import { env } from "../env";

/** Which variables a provider comes from: OPENAI_* or AZURE_OPENAI_*. */
export type EnvironmentSlot = "openai" | "azure";

export const environmentSlots = ["openai", "azure"] as const satisfies EnvironmentSlot[];

export type EnvironmentProvider = {
  slot: EnvironmentSlot;
  kind: FoundProvider["kind"];
  name: string;
  baseUrl: string;
  apiVersion: string | null;
  key: string | null;
  /** From OPENAI_MODEL or AZURE_OPENAI_DEPLOYMENT, comma-separated; the first is the default. */
  models: string[];
};

/** The providers that the environment describes: none, one, or one of each slot. */
export function readEnvironmentProviders(): EnvironmentProvider[] {
  return [readOpenAi(), readAzure()].filter((provider) => provider !== null);
}

/**
 * The provider of the environment that a stored row stands for; null for another row, and when its
 * variables are gone. Only AZURE_OPENAI_* makes a row of kind `azure`.
 */
export function findEnvironmentProvider(row: {
  source: string;
  kind: string;
}): EnvironmentProvider | null {
  if (row.source !== "environment") return null;
  const slot = row.kind === "azure" ? "azure" : "openai";
  return readEnvironmentProviders().find((provider) => provider.slot === slot) ?? null;
}

function readOpenAi(): EnvironmentProvider | null {
  const { OPENAI_API_KEY: key, OPENAI_BASE_URL, OPENAI_MODEL } = env();
  if (key === undefined && OPENAI_BASE_URL === undefined) return null;
  const baseUrl = trimUrl(OPENAI_BASE_URL ?? openAiBaseUrl);
  const preset = guessPreset(baseUrl);
  return {
    slot: "openai",
    kind: preset?.kind ?? "openai-compatible",
    name: preset?.name ?? new URL(baseUrl).host,
    baseUrl,
    apiVersion: null,
    key: key?.trim() ?? null,
    models: readList(OPENAI_MODEL),
  };
}

function readAzure(): EnvironmentProvider | null {
  const { AZURE_OPENAI_ENDPOINT, AZURE_OPENAI_API_KEY, AZURE_OPENAI_DEPLOYMENT } = env();
  if (AZURE_OPENAI_ENDPOINT === undefined) return null;
  return {
    slot: "azure",
    kind: "azure",
    name: "Azure OpenAI",
    baseUrl: trimUrl(AZURE_OPENAI_ENDPOINT),
    apiVersion: env().AZURE_OPENAI_API_VERSION,
    key: AZURE_OPENAI_API_KEY?.trim() ?? null,
    models: readList(AZURE_OPENAI_DEPLOYMENT),
  };
}

const trimUrl = (url: string) => url.trim().replace(/\/+$/, "");

function readList(names: string | undefined): string[] {
  const trimmed = (names ?? "").split(",").map((name) => name.trim());
  return [...new Set(trimmed)].filter((name) => name !== "");
}
