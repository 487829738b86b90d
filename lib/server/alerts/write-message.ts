import "server-only";
import { createTranslator } from "next-intl";
import type { AlertFacts, AlertKind } from "@/lib/contracts/alerts";
import type { Locale } from "@/lib/contracts/preferences";
import type { ChannelMessage } from "@/lib/domain/alerts/channel-message";
import { describeAlert, findBudgetLevel } from "@/lib/domain/alerts/describe-alert";
import { env } from "../env";
import { getMessages } from "../i18n/messages";

/** More would be a wall of text; the rest is counted. */
const mostLines = 15;

type Reader = {
  locale: Locale;
  /** Who gets it, where that is the person it is about. */
  userId: string | null;
};

/** What is said of alerts: by one message for one, or for several that go together. */
export function writeMessage(alerts: readonly AlertFacts[], reader: Reader): ChannelMessage {
  const [first] = alerts;
  if (first === undefined) throw new Error("a message about nothing");
  const translate = translatorOf(reader.locale);
  const lines = alerts.slice(0, mostLines).map((facts) => writeSentence(facts, reader));
  const left = alerts.length - lines.length;
  const title =
    alerts.length === 1
      ? writeTitle(first, reader)
      : translate("messages.title.many", { count: alerts.length });
  return {
    title: translate("messages.withName", { title }),
    lines: left > 0 ? [...lines, translate("messages.more", { count: left })] : lines,
    link: makeLink(reader.userId === null ? places[first.kind] : "usage", reader.locale),
    ...(reader.userId === null ? {} : { note: translate("messages.why") }),
  };
}

/** What the test of a channel says. */
export function writeTest(channel: string, locale: Locale): ChannelMessage {
  const translate = translatorOf(locale);
  return {
    title: translate("messages.withName", { title: translate("messages.title.test") }),
    lines: [translate("messages.test", { channel })],
    link: makeLink("alerts", locale),
  };
}

const places = {
  budget: "budgets",
  tokens_per_call: "dashboard",
  calls_per_minute: "dashboard",
  provider_no_credit: "models",
  provider_failing: "models",
} as const satisfies Record<AlertKind, string>;

type Place = (typeof places)[AlertKind] | "usage" | "alerts";

function makeLink(place: Place, locale: Locale): ChannelMessage["link"] {
  const translate = translatorOf(locale);
  // The configured address only: nothing here comes from a request.
  const href = new URL(`/settings/${place}`, env().publicUrl).href;
  return { href, text: translate(`messages.link.${place}`) };
}

function writeSentence(facts: AlertFacts, { locale, userId }: Reader): string {
  const translate = translatorOf(locale);
  const sayTokens = (count: number) => translate("sentences.tokens", { count });
  const { key, values } = describeAlert(facts, { locale, userId, sayTokens });
  return translate(`sentences.${key}`, values);
}

function writeTitle(facts: AlertFacts, { locale, userId }: Reader): string {
  const translate = translatorOf(locale);
  switch (facts.kind) {
    case "budget":
      return translate("messages.title.budget", {
        hasOwn: String(userId !== null),
        name: facts.name,
        level: findBudgetLevel(facts),
        percent: facts.percent,
      });
    case "provider_no_credit":
      return translate("messages.title.provider_no_credit", { provider: facts.providerName });
    case "provider_failing":
      return translate("messages.title.provider_failing", {
        hasModel: String(facts.modelName !== null),
        model: facts.modelName ?? "",
        provider: facts.providerName,
      });
    case "tokens_per_call":
    case "calls_per_minute":
      return translate(`messages.title.${facts.kind}`);
  }
}

function translatorOf(locale: Locale) {
  const { alerts } = getMessages(locale);
  return createTranslator({ locale, messages: { alerts }, namespace: "alerts" });
}
