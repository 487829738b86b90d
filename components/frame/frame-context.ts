"use client";

import { createContext, use } from "react";
import type { Theme } from "@/lib/contracts/preferences";

export type FrameValue = {
  user: { id: string; name: string; email: string; isAdmin: boolean };
  theme: Theme;
  /** When the server rendered, and in which time zone: hydration groups by the same days. */
  renderedAt: string;
  timeZone: string;
  show: (what: "palette" | "keys") => void;
};

export const FrameContext = createContext<FrameValue | null>(null);

export function useFrame(): FrameValue {
  const frame = use(FrameContext);
  if (frame === null) throw new Error("useFrame() works inside of the frame only.");
  return frame;
}
