import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { isAdmin, type Actor } from "@/lib/domain/actor";
import { findActor } from "../auth/actor";
import { isDatabaseUnavailable } from "../db/unavailable";
import { getSetupStep } from "../setup/state";
import { lifecycle } from "../start/lifecycle";

/**
 * Whoever is signed in, for a page: leads to /starting while the database is away, to /setup
 * before there is an account, and to /sign-in without a session, keeping where one was going.
 *
 * @param path where to come back to, such as `/c/ID`.
 */
export async function requirePageActor(path: string): Promise<Actor> {
  const actor = await whileDatabaseIsThere(path, findActor);
  if (actor !== null) return actor;
  const step = await whileDatabaseIsThere(path, getSetupStep);
  redirect(step === "account" ? "/setup" : `/sign-in?next=${encodeURIComponent(path)}`);
}

/** An admin, for a page; for anybody else the page does not exist. */
export async function requirePageAdmin(path: string): Promise<Actor> {
  const actor = await requirePageActor(path);
  if (!isAdmin(actor)) notFound();
  return actor;
}

/**
 * Runs a page's read. Before the start is through, and when the database is away, leads to
 * /starting, which comes back by itself.
 */
export async function whileDatabaseIsThere<Value>(
  path: string,
  read: () => Promise<Value>,
): Promise<Value> {
  try {
    if (lifecycle().phase === "ready") return await read();
  } catch (error) {
    if (!isDatabaseUnavailable(error)) throw error;
  }
  redirect(`/starting?next=${encodeURIComponent(path)}`);
}

/** The nonce of this request's content security policy, set by proxy.ts. */
export async function readNonce(): Promise<string | undefined> {
  return (await headers()).get("x-nonce") ?? undefined;
}
