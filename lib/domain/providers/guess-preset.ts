import type { ProviderKind } from "@/lib/contracts/providers";
import { providerPresets, type ProviderPreset } from "./presets";

/** Addresses of known providers besides those of their presets. */
const otherHosts: readonly [host: RegExp, kind: ProviderKind][] = [
  [/^dashscope(?:-[a-z]+)?\.aliyuncs\.com$/, "dashscope"],
  [/^ark\.[a-z0-9-]+\.volces\.com$/, "ark"],
  [/^api\.siliconflow\.(?:cn|com)$/, "siliconflow"],
  // Nothing else is known to listen there.
  [/:11434$/, "ollama"],
];

/** The preset that an address belongs to, by its host; null when it is nobody's that we know. */
export function guessPreset(baseUrl: string): ProviderPreset | null {
  const { origin, host } = new URL(baseUrl);
  const known = providerPresets.find(
    (preset) => preset.baseUrl !== "" && new URL(preset.baseUrl).origin === origin,
  );
  if (known !== undefined) return known;
  const kind = otherHosts.find(([pattern]) => pattern.test(host))?.[1];
  return providerPresets.find((preset) => preset.kind === kind) ?? null;
}
