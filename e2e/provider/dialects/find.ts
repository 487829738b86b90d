import { ark } from "./ark";
import { azure } from "./azure";
import { dashscope } from "./dashscope";
import { deepseek } from "./deepseek";
import { lmStudio } from "./lm-studio";
import { ollama } from "./ollama";
import { openai } from "./openai";
import type { DialectRules } from "./rules";
import { siliconflow } from "./siliconflow";
import { strictGateway } from "./strict-gateway";
import { vllm } from "./vllm";
import { zeroOne } from "./zero-one";

const dialects = {
  openai,
  azure,
  deepseek,
  dashscope,
  ark,
  siliconflow,
  "01-ai": zeroOne,
  ollama,
  "lm-studio": lmStudio,
  vllm,
  "strict-gateway": strictGateway,
} satisfies Record<string, DialectRules>;

export type DialectName = keyof typeof dialects;

export const dialectNames = Object.keys(dialects) as DialectName[];

/** The rules of a dialect; those of its names that nobody knows are null. */
export function findDialectRules(name: string): DialectRules | null {
  return Object.hasOwn(dialects, name) ? dialects[name as DialectName] : null;
}
