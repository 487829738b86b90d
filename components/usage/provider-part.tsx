"use client";

import { useTranslations } from "next-intl";
import type { Dashboard } from "@/lib/contracts/usage-reports";
import { Part } from "./part";
import { useErrorName } from "./use-error-name";
import { useFormats } from "./use-formats";
import { useRowName } from "./use-row-name";

type Props = { providers: Dashboard["providers"]; timeZone: string };

/** Providers with errors, the worst first, and what went wrong with them. */
export function ProviderPart({ providers, timeZone }: Props) {
  const translate = useTranslations("usage.providers");
  const formats = useFormats();
  const nameRow = useRowName(timeZone);
  const nameError = useErrorName();
  return (
    <Part title={translate("title")}>
      {providers.length === 0 ? (
        <p className="text-ink-soft">{translate("none")}</p>
      ) : (
        <table className="w-full border-collapse">
          <caption className="sr-only">{translate("title")}</caption>
          <thead>
            <tr className="border-b border-line text-small text-ink-faint">
              <th scope="col" className="py-2 pe-4 text-start font-normal">
                {translate("provider")}
              </th>
              <th scope="col" className="py-2 pe-4 text-end font-normal">
                {translate("rate")}
              </th>
              <th scope="col" className="py-2 text-start font-normal">
                {translate("errors")}
              </th>
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {providers.map(({ id, name, attempts, failed, errors, isFailing }) => (
              <tr key={id} className="align-baseline">
                <th scope="row" className="py-2 pe-4 text-start font-normal break-words">
                  {nameRow("provider", { key: id, label: name })}
                  {isFailing && (
                    <span className="block text-small text-bad">{translate("now")}</span>
                  )}
                </th>
                <td className="py-2 pe-4 text-end tabular-nums">
                  {formats.share(attempts === 0 ? 0 : failed / attempts)}
                  <span className="block text-small text-ink-faint">
                    {translate("failed", {
                      failed: formats.count(failed),
                      attempts: formats.count(attempts),
                    })}
                  </span>
                </td>
                <td className="py-2 text-ink-soft">
                  <ul>
                    {errors.map(({ code, count }) => (
                      <li key={code}>
                        {translate("error", {
                          name: nameError(code),
                          count: formats.count(count),
                        })}
                      </li>
                    ))}
                  </ul>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Part>
  );
}
