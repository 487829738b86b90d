import "server-only";
import type { Locale } from "@/lib/contracts/preferences";
import alertsEn from "@/messages/en/alerts.json";
import aliasesEn from "@/messages/en/aliases.json";
import allowanceEn from "@/messages/en/allowance.json";
import authEn from "@/messages/en/auth.json";
import budgetsEn from "@/messages/en/budgets.json";
import candidatesEn from "@/messages/en/candidates.json";
import chatEn from "@/messages/en/chat.json";
import commonEn from "@/messages/en/common.json";
import contextEn from "@/messages/en/context.json";
import crashEn from "@/messages/en/crash.json";
import errorsEn from "@/messages/en/errors.json";
import frameEn from "@/messages/en/frame.json";
import imagesEn from "@/messages/en/images.json";
import parametersEn from "@/messages/en/parameters.json";
import pricesEn from "@/messages/en/prices.json";
import providersEn from "@/messages/en/providers.json";
import readingEn from "@/messages/en/reading.json";
import receiptsEn from "@/messages/en/receipts.json";
import settingsEn from "@/messages/en/settings.json";
import setupEn from "@/messages/en/setup.json";
import usageEn from "@/messages/en/usage.json";
import alertsZh from "@/messages/zh-CN/alerts.json";
import aliasesZh from "@/messages/zh-CN/aliases.json";
import allowanceZh from "@/messages/zh-CN/allowance.json";
import authZh from "@/messages/zh-CN/auth.json";
import budgetsZh from "@/messages/zh-CN/budgets.json";
import candidatesZh from "@/messages/zh-CN/candidates.json";
import chatZh from "@/messages/zh-CN/chat.json";
import commonZh from "@/messages/zh-CN/common.json";
import contextZh from "@/messages/zh-CN/context.json";
import crashZh from "@/messages/zh-CN/crash.json";
import errorsZh from "@/messages/zh-CN/errors.json";
import frameZh from "@/messages/zh-CN/frame.json";
import imagesZh from "@/messages/zh-CN/images.json";
import parametersZh from "@/messages/zh-CN/parameters.json";
import pricesZh from "@/messages/zh-CN/prices.json";
import providersZh from "@/messages/zh-CN/providers.json";
import readingZh from "@/messages/zh-CN/reading.json";
import receiptsZh from "@/messages/zh-CN/receipts.json";
import settingsZh from "@/messages/zh-CN/settings.json";
import setupZh from "@/messages/zh-CN/setup.json";
import usageZh from "@/messages/zh-CN/usage.json";

const en = {
  alerts: alertsEn,
  aliases: aliasesEn,
  allowance: allowanceEn,
  auth: authEn,
  budgets: budgetsEn,
  candidates: candidatesEn,
  chat: chatEn,
  common: commonEn,
  context: contextEn,
  crash: crashEn,
  errors: errorsEn,
  frame: frameEn,
  images: imagesEn,
  parameters: parametersEn,
  prices: pricesEn,
  providers: providersEn,
  reading: readingEn,
  receipts: receiptsEn,
  settings: settingsEn,
  setup: setupEn,
  usage: usageEn,
};

/** All sentences by namespace; the English ones are the pattern that the types are made from. */
export type Messages = typeof en;

const byLocale: Record<Locale, Messages> = {
  en,
  "zh-CN": {
    alerts: alertsZh,
    aliases: aliasesZh,
    allowance: allowanceZh,
    auth: authZh,
    budgets: budgetsZh,
    candidates: candidatesZh,
    chat: chatZh,
    common: commonZh,
    context: contextZh,
    crash: crashZh,
    errors: errorsZh,
    frame: frameZh,
    images: imagesZh,
    parameters: parametersZh,
    prices: pricesZh,
    providers: providersZh,
    reading: readingZh,
    receipts: receiptsZh,
    settings: settingsZh,
    setup: setupZh,
    usage: usageZh,
  },
};

/** The sentences of a language. */
export function getMessages(locale: Locale): Messages {
  return byLocale[locale];
}

/** The sentences of single pages; all others travel with every page. */
const ofPages = new Set([
  "aliases",
  "budgets",
  "prices",
  "providers",
  "settings",
  "setup",
  "usage",
]);

type CommonMessages = Partial<Omit<Messages, "alerts">> & {
  alerts: Pick<Messages["alerts"], "bell" | "sentences">;
};

/** The sentences that travel with every page: all but those of settings and set-up. */
export function getCommonMessages(locale: Locale): CommonMessages {
  const { alerts, ...others } = byLocale[locale];
  const common: Partial<typeof others> = Object.fromEntries(
    Object.entries(others).filter(([name]) => !ofPages.has(name)),
  );
  return { ...common, alerts: { bell: alerts.bell, sentences: alerts.sentences } };
}
