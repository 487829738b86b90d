import "server-only";
import type { Locale } from "@/lib/contracts/preferences";
import aliasesEn from "@/messages/en/aliases.json";
import authEn from "@/messages/en/auth.json";
import candidatesEn from "@/messages/en/candidates.json";
import chatEn from "@/messages/en/chat.json";
import commonEn from "@/messages/en/common.json";
import contextEn from "@/messages/en/context.json";
import crashEn from "@/messages/en/crash.json";
import errorsEn from "@/messages/en/errors.json";
import frameEn from "@/messages/en/frame.json";
import imagesEn from "@/messages/en/images.json";
import parametersEn from "@/messages/en/parameters.json";
import providersEn from "@/messages/en/providers.json";
import readingEn from "@/messages/en/reading.json";
import settingsEn from "@/messages/en/settings.json";
import setupEn from "@/messages/en/setup.json";
import aliasesZh from "@/messages/zh-CN/aliases.json";
import authZh from "@/messages/zh-CN/auth.json";
import candidatesZh from "@/messages/zh-CN/candidates.json";
import chatZh from "@/messages/zh-CN/chat.json";
import commonZh from "@/messages/zh-CN/common.json";
import contextZh from "@/messages/zh-CN/context.json";
import crashZh from "@/messages/zh-CN/crash.json";
import errorsZh from "@/messages/zh-CN/errors.json";
import frameZh from "@/messages/zh-CN/frame.json";
import imagesZh from "@/messages/zh-CN/images.json";
import parametersZh from "@/messages/zh-CN/parameters.json";
import providersZh from "@/messages/zh-CN/providers.json";
import readingZh from "@/messages/zh-CN/reading.json";
import settingsZh from "@/messages/zh-CN/settings.json";
import setupZh from "@/messages/zh-CN/setup.json";

const en = {
  aliases: aliasesEn,
  auth: authEn,
  candidates: candidatesEn,
  chat: chatEn,
  common: commonEn,
  context: contextEn,
  crash: crashEn,
  errors: errorsEn,
  frame: frameEn,
  images: imagesEn,
  parameters: parametersEn,
  providers: providersEn,
  reading: readingEn,
  settings: settingsEn,
  setup: setupEn,
};

/** All sentences by namespace; the English ones are the pattern that the types are made from. */
export type Messages = typeof en;

const byLocale: Record<Locale, Messages> = {
  en,
  "zh-CN": {
    aliases: aliasesZh,
    auth: authZh,
    candidates: candidatesZh,
    chat: chatZh,
    common: commonZh,
    context: contextZh,
    crash: crashZh,
    errors: errorsZh,
    frame: frameZh,
    images: imagesZh,
    parameters: parametersZh,
    providers: providersZh,
    reading: readingZh,
    settings: settingsZh,
    setup: setupZh,
  },
};

/** The sentences of a language. */
export function getMessages(locale: Locale): Messages {
  return byLocale[locale];
}

/** The sentences that travel with every page: all but those of settings and set-up. */
export function getCommonMessages(locale: Locale): Partial<Messages> {
  const { aliases: _, providers: __, settings: ___, setup: ____, ...common } = byLocale[locale];
  return common;
}
