import type { ProviderKind } from "@/lib/contracts/providers";
import { ark } from "./ark";
import { azure } from "./azure";
import { dashscope } from "./dashscope";
import { deepseek } from "./deepseek";
import { demo } from "./demo";
import type { Dialect } from "./dialect-form";
import { generic } from "./generic";
import { lmStudio } from "./lm-studio";
import { ollama } from "./ollama";
import { openai } from "./openai";
import { siliconflow } from "./siliconflow";
import { vllm } from "./vllm";
import { zeroOne } from "./zero-one";

const dialects: Record<ProviderKind, Dialect> = {
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
  "openai-compatible": generic,
  demo,
};

/** The dialect of a kind of provider. */
export function findDialect(kind: ProviderKind): Dialect {
  return dialects[kind];
}
