"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import type { MemberProvider } from "@/lib/contracts/providers";
import { findMemberProviders } from "./own-keys-api";
import { OwnKeyRow } from "./own-keys-row";

/** A member's own keys: one for each provider that takes them. */
export function OwnKeysSettings({ initial }: { initial: MemberProvider[] }) {
  const translate = useTranslations("aliases.ownKeys");
  const [providers, setProviders] = useState(initial);
  const refresh = async () => {
    setProviders(await findMemberProviders());
  };
  if (providers.length === 0) return <p className="text-ink-soft">{translate("empty")}</p>;
  return (
    <>
      <p className="mb-4 text-pretty text-ink-soft">{translate("text")}</p>
      <ul className="divide-y divide-line border-y border-line">
        {providers.map((provider) => (
          <OwnKeyRow key={provider.id} provider={provider} onChanged={refresh} />
        ))}
      </ul>
    </>
  );
}
