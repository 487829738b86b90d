"use client";

import { useTranslations } from "next-intl";
import { providerConnectionSchema } from "@/lib/contracts/providers";
import { findPreset } from "./describe-preset";
import type { Draft } from "./draft";

/** What is wrong with each field, in the order of the form. */
export type ConnectionErrors = Partial<Record<"name" | "baseUrl" | "apiVersion" | "key", string>>;

const { baseUrl: baseUrlSchema, key: keySchema, apiVersion } = providerConnectionSchema.shape;
const versionSchema = apiVersion.unwrap();

/** Looks a connection through before it is tested. */
export function useConnectionErrors(): (draft: Draft, key: string) => ConnectionErrors {
  const translate = useTranslations("setup.connect");
  const translatePresets = useTranslations("providers.presets");
  return (draft, key) => {
    const isAzure = draft.kind === "azure";
    const needsKey = findPreset(draft.kind)?.needsKey === true;
    return {
      ...(draft.name.trim() === "" ? { name: translate("nameMissing") } : {}),
      ...(baseUrlSchema.safeParse(draft.baseUrl).success
        ? {}
        : {
            baseUrl: isAzure ? translatePresets("endpointInvalid") : translate("baseUrlInvalid"),
          }),
      ...(isAzure && !versionSchema.safeParse(draft.apiVersion.trim()).success
        ? { apiVersion: translatePresets("apiVersionInvalid") }
        : {}),
      ...(needsKey && key.trim() === "" ? { key: translate("keyMissing") } : {}),
      ...(keySchema.safeParse(key).success ? {} : { key: translate("keyInvalid") }),
    };
  };
}
