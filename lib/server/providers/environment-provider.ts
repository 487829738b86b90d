import "server-only";
import type { FoundProvider } from "@/lib/contracts/providers";
import { openAiBaseUrl } from "@/lib/domain/providers/presets";
import { env } from "../env";

export type EnvironmentProvider = {
  kind: FoundProvider["kind"];
  name: string;
  baseUrl: string;
  apiVersion: string | null;
  key: string | null;
  /** From OPENAI_MODEL, comma-separated; the first is the default. */
  models: string[];
};

/** The provider that OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL describe, or null. */
export function readEnvironmentProvider(): EnvironmentProvider | null {
  const { OPENAI_API_KEY: key, OPENAI_BASE_URL, OPENAI_MODEL } = env();
  if (key === undefined && OPENAI_BASE_URL === undefined) return null;
  const baseUrl = (OPENAI_BASE_URL ?? openAiBaseUrl).trim().replace(/\/+$/, "");
  const isOpenAi = new URL(baseUrl).origin === new URL(openAiBaseUrl).origin;
  return {
    kind: isOpenAi ? "openai" : "openai-compatible",
    name: isOpenAi ? "OpenAI" : new URL(baseUrl).host,
    baseUrl,
    apiVersion: null,
    key: key?.trim() ?? null,
    models: [...new Set((OPENAI_MODEL ?? "").split(",").map((name) => name.trim()))].filter(
      (name) => name !== "",
    ),
  };
}
