"use client";

import { useTranslations } from "next-intl";
import { useHydrated } from "@/lib/client/use-hydrated";
import { useChatContext } from "./chat-context";

/** Only the browser knows what time of day it is where the reader sits. */
export function Greeting() {
  const translate = useTranslations("chat.greeting");
  const { userName: name } = useChatContext();
  const isHydrated = useHydrated();
  const time = isHydrated ? timeOfDay(new Date().getHours()) : "morning";
  return (
    <h1
      className={`mx-auto mb-5 w-full max-w-[46rem] text-center text-[1.625rem] leading-snug font-medium tracking-tight text-balance ${isHydrated ? "fade-in" : "invisible"}`}
    >
      {translate(time, { name })}
    </h1>
  );
}

function timeOfDay(hour: number): "night" | "morning" | "afternoon" | "evening" {
  if (hour < 5 || hour >= 23) return "night";
  if (hour < 12) return "morning";
  return hour < 18 ? "afternoon" : "evening";
}
