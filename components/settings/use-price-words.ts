import { useFormatter, useTranslations } from "next-intl";
import type { PriceAmounts } from "@/lib/contracts/prices";

/** How prices and their moments are said. Moments are those of the team's time zone. */
export function usePriceWords(timeZone: string) {
  const translate = useTranslations("prices");
  const format = useFormatter();

  const sayPrice = (amounts: PriceAmounts | null): string => {
    if (amounts === null) return translate("unknown");
    const { inputMicros, cachedInputMicros, outputMicros, reasoningMicros } = amounts;
    const parts = [
      ["input", inputMicros],
      ["cached", cachedInputMicros],
      ["output", outputMicros],
      ["reasoning", reasoningMicros],
    ] as const;
    return parts
      .flatMap(([name, micros]) =>
        micros === null
          ? []
          : translate("amount", { name: translate(name), amount: sayAmount(micros) }),
      )
      .join(" · ");

    function sayAmount(micros: number): string {
      return format.number(micros / 1_000_000, {
        style: "currency",
        currency: amounts?.currency ?? "CNY",
        currencyDisplay: "narrowSymbol",
        maximumFractionDigits: 6,
      });
    }
  };
  const sayDay = (moment: string) => format.dateTime(new Date(moment), { timeZone, ...dayOptions });
  return {
    sayPrice,
    sayDay,
    /** A day without a time, such as that of a source. */
    sayDate: (date: string) => format.dateTime(new Date(date), { timeZone: "UTC", ...dayOptions }),
    /** The day, and the time where it is not the start of it. */
    sayMoment: (moment: string) => {
      const time = format.dateTime(new Date(moment), {
        timeZone,
        hour: "2-digit",
        minute: "2-digit",
        hourCycle: "h23",
      });
      return time === "00:00" ? sayDay(moment) : `${sayDay(moment)} ${time}`;
    },
  };
}

const dayOptions = { year: "numeric", month: "short", day: "numeric" } as const;

/** The day that it is in a time zone, as YYYY-MM-DD. */
export function findToday(timeZone: string, now: Date): string {
  // Swedish writes dates so.
  return new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short" }).format(now);
}
