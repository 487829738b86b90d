"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { Dashboard } from "@/lib/contracts/usage-reports";
import { findChange } from "./change";
import { CostLines, type Rate } from "./cost-lines";
import { countDays } from "./days";
import { convert } from "./money";
import { useFormats } from "./use-formats";

type Props = { dashboard: Dashboard; totalsCurrency: Rate["totalsCurrency"] };

/** The figures of the period, each with its change against as many days before. */
export function Headline({ dashboard, totalsCurrency }: Props) {
  const translate = useTranslations("usage");
  const formats = useFormats();
  const { totals, before, cnyPerUsdMicros } = dashboard;
  const rate = { cnyPerUsdMicros, totalsCurrency };
  const tokens = totals.inputTokens + totals.outputTokens;
  const errorRate = share(totals.failed, totals.attempts);
  const rateBefore = share(before.failed, before.attempts);
  const say = (value: number | null, write: (value: number) => string) =>
    value === null ? "—" : write(value);
  const perSecond = (value: number) =>
    translate("figures.perSecond", { number: formats.fine(value) });
  return (
    <>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-8 sm:grid-cols-3">
        <Figure title={translate("figures.cost")} changes={costChanges()}>
          <CostLines costs={totals.costs} unpriced={totals.unpriced} rate={rate} />
        </Figure>
        <Figure
          title={translate("figures.tokens")}
          detail={translate("figures.tokenSplit", {
            input: formats.count(totals.inputTokens),
            output: formats.count(totals.outputTokens),
          })}
          changes={[
            sayChange(tokens, before.inputTokens + before.outputTokens || null, formats.count),
          ]}
        >
          <Value>{formats.count(tokens)}</Value>
        </Figure>
        <Figure
          title={translate("figures.calls")}
          changes={[sayChange(totals.calls, before.calls || null, formats.count)]}
        >
          <Value>{formats.count(totals.calls)}</Value>
        </Figure>
        <Figure
          title={translate("figures.errorRate")}
          detail={translate("figures.failedOf", {
            failed: formats.count(totals.failed),
            attempts: formats.count(totals.attempts),
          })}
          // A share that changes by some per cent would be read as points.
          changes={[
            rateBefore === null
              ? null
              : translate("figures.beforePlain", { before: formats.share(rateBefore) }),
          ]}
        >
          <Value>{say(errorRate, formats.share)}</Value>
        </Figure>
        <Figure
          title={translate("figures.firstToken")}
          changes={[sayChange(totals.firstTokenMs, before.firstTokenMs, formats.seconds)]}
        >
          <Value>{say(totals.firstTokenMs, formats.seconds)}</Value>
        </Figure>
        <Figure
          title={translate("figures.speed")}
          changes={[sayChange(totals.tokensPerSecond, before.tokensPerSecond, perSecond)]}
        >
          <Value>{say(totals.tokensPerSecond, perSecond)}</Value>
        </Figure>
      </dl>
      <p className="mt-6 text-small text-ink-faint">
        {translate(before.attempts === 0 ? "figures.beforeNone" : "figures.beforeText", {
          days: countDays(dashboard.from, dashboard.to),
        })}
      </p>
    </>
  );

  function sayChange(
    now: number | null,
    earlier: number | null,
    write: (value: number) => string,
  ): string | null {
    if (earlier === null) return null;
    const change = findChange(now, earlier);
    return change === null
      ? translate("figures.beforePlain", { before: write(earlier) })
      : translate("figures.before", { change: formats.change(change), before: write(earlier) });
  }

  function costChanges(): (string | null)[] {
    const total = convert(totals.costs, totalsCurrency, cnyPerUsdMicros);
    const totalBefore = convert(before.costs, totalsCurrency, cnyPerUsdMicros);
    if (total !== null && totalBefore !== null) {
      const write = (micros: number) => `≈ ${formats.amount({ currency: totalsCurrency, micros })}`;
      return [sayChange(total.micros, totalBefore.micros, write)];
    }
    return before.costs.map(({ currency, micros }) => {
      const now = totals.costs.find((cost) => cost.currency === currency)?.micros ?? null;
      return sayChange(now, micros, (value) => formats.amount({ currency, micros: value }));
    });
  }
}

function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

function Value({ children }: { children: ReactNode }) {
  return <p className="text-xl font-semibold tabular-nums">{children}</p>;
}

type FigureProps = {
  title: string;
  detail?: string;
  /** Against the time before; null for nothing to say. */
  changes: (string | null)[];
  children: ReactNode;
};

function Figure({ title, detail, changes, children }: FigureProps) {
  return (
    <div className="min-w-0">
      <dt className="text-ink-soft">{title}</dt>
      <dd className="mt-1 break-words">
        {children}
        {detail !== undefined && (
          <p className="mt-0.5 text-small text-ink-soft tabular-nums">{detail}</p>
        )}
        {changes.map(
          (change) =>
            change !== null && (
              <p key={change} className="mt-0.5 text-small text-ink-faint tabular-nums">
                {change}
              </p>
            ),
        )}
      </dd>
    </div>
  );
}
