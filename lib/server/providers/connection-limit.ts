import "server-only";
import type { Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { singleton } from "../singleton";

const perWindow = 30;
const windowMs = 60_000;

type Window = { startsAt: number; count: number };

// In memory: the limit keeps one admin's browser from being a port scanner, no more.
const windows = () => singleton("connection-tests", () => new Map<string, Window>());

/** Counts one test of a connection: at most 30 a minute per admin. @throws AppError `rate_limited`. */
export function requireTestAllowance({ userId }: Actor, now = Date.now()): void {
  const known = windows().get(userId);
  const window =
    known !== undefined && now - known.startsAt < windowMs ? known : { startsAt: now, count: 0 };
  if (window.count >= perWindow) {
    const retryAfterSeconds = Math.ceil((window.startsAt + windowMs - now) / 1000);
    throw new AppError("rate_limited", { details: { retryAfterSeconds } });
  }
  window.count++;
  windows().set(userId, window);
}
