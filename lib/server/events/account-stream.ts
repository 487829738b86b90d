import "server-only";
import type { AccountEvent } from "@/lib/contracts/events";
import { AppError } from "@/lib/domain/errors/app-error";
import { buildId } from "../env";
import { accountBus, type AccountSignal } from "./account-bus";
import { addStream, checkSessionsOf, countStreamsOf, type StreamSession } from "./open-streams";

/** Headers of an event stream; `no-transform` and the last but one keep proxies from holding it. */
export const accountStreamHeaders = {
  "content-type": "text/event-stream",
  "cache-control": "no-cache, no-transform",
  "x-accel-buffering": "no",
  "x-content-type-options": "nosniff",
} as const;

const heartbeatMs = 20_000;
/** A reader that is further behind had better read the lists again. */
const longestQueue = 100;
/** A browser has one stream, however many tabs it has. */
const streamsPerAccount = 30;

const encoder = new TextEncoder();
const heartbeat = encoder.encode(": alive\n\n");

/**
 * The events of an account as they happen, from now on; `hello` first. The stream ends when the
 * session does, and when the process stops.
 *
 * @throws AppError `rate_limited` when the account has too many open.
 */
export function streamAccountEvents(session: StreamSession): ReadableStream<Uint8Array> {
  if (countStreamsOf(session.userId) >= streamsPerAccount)
    throw new AppError("rate_limited", { details: { retryAfterSeconds: 60 } });
  let reader: AccountReader | null = null;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      reader = new AccountReader(session, controller);
    },
    pull() {
      reader?.flush();
    },
    cancel() {
      reader?.close();
    },
  });
}

/**
 * One reader of an account's events. A slow one holds up nobody and grows nothing: what piles up
 * for it is dropped for another `hello`.
 */
class AccountReader {
  private queue: AccountEvent[];
  private readonly session: StreamSession;
  private readonly controller: ReadableStreamDefaultController<Uint8Array>;
  private readonly closers: (() => void)[];

  constructor(session: StreamSession, controller: ReadableStreamDefaultController<Uint8Array>) {
    this.session = session;
    this.queue = [hello(session)];
    this.controller = controller;
    const beating = setInterval(() => {
      if (this.canWrite()) controller.enqueue(heartbeat);
    }, heartbeatMs).unref();
    this.closers = [
      () => clearInterval(beating),
      accountBus().listen(session.userId, (signal) => this.take(signal)),
      addStream(session, () => this.end()),
    ];
  }

  /** Hands over what waits, if the reader has taken what came before. */
  flush(): void {
    if (this.queue.length === 0 || !this.canWrite()) return;
    this.controller.enqueue(encode(this.queue.splice(0)));
  }

  /** Lets go of everything; the reader has left. */
  close(): void {
    for (const close of this.closers.splice(0)) close();
  }

  private end(): void {
    this.close();
    this.controller.close();
  }

  private take(signal: AccountSignal): void {
    if (signal.type === "check-session") void checkSessionsOf(this.session.userId);
    else if (signal.type === "signed-out") {
      if (signal.sessionKey === this.session.sessionKey) this.end();
    } else {
      const isMissing = signal.type === "missed" || this.queue.length >= longestQueue;
      if (isMissing) this.queue = [hello(this.session)];
      else this.queue.push(signal);
      this.flush();
    }
  }

  private canWrite(): boolean {
    return (this.controller.desiredSize ?? 0) > 0;
  }
}

function hello({ userId }: StreamSession): AccountEvent {
  return { type: "hello", build: buildId(), userId };
}

function encode(events: readonly AccountEvent[]): Uint8Array {
  return encoder.encode(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""));
}
