import { providerPresets, type ProviderPreset } from "@/lib/domain/providers/presets";
import type { Draft } from "./draft";

/** Works with every model of Azure's that chats; a newer one can be typed in. */
const usualApiVersion = "2024-10-21";

/** The preset of a kind; undefined for an address of one's own. */
export function findPreset(kind: Draft["kind"]): ProviderPreset | undefined {
  return providerPresets.find((preset) => preset.kind === kind);
}

/** What a preset is called in the reader's language. */
export function namePreset({ name, nameZh }: ProviderPreset, locale: string): string {
  return locale === "zh-CN" ? (nameZh ?? name) : name;
}

/** The presets in two groups, those first that are nearest to the reader. */
export function groupPresets(locale: string): {
  cloud: ProviderPreset[];
  own: ProviderPreset[];
} {
  const isNear = ({ nameZh, kind }: ProviderPreset) => nameZh !== undefined || kind === "deepseek";
  const cloud = providerPresets.filter(({ needsKey }) => needsKey);
  const nearFirst = [...cloud.filter(isNear), ...cloud.filter((preset) => !isNear(preset))];
  return {
    cloud: locale === "zh-CN" ? nearFirst : cloud,
    own: providerPresets.filter(({ needsKey }) => !needsKey),
  };
}

/** What can be filled in for a kind. */
export function describePreset(kind: Draft["kind"], locale: string): Partial<Draft> {
  const preset = findPreset(kind);
  if (preset === undefined) return { kind };
  const { baseUrl, needsApiVersion } = preset;
  return {
    kind,
    name: namePreset(preset, locale),
    baseUrl,
    apiVersion: needsApiVersion ? usualApiVersion : "",
  };
}
