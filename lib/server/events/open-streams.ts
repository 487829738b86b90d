import "server-only";
import { findSessionVersions } from "../db/users";
import { env } from "../env";
import { logger } from "../logger";
import { startRounds } from "../rounds";
import { singleton } from "../singleton";
import { onShutdown } from "../start/lifecycle";

/** The session that a stream was opened with. */
export type StreamSession = {
  userId: string;
  version: number;
  /** Tells this browser's session from others of the account. */
  sessionKey: string;
};

type OpenStream = StreamSession & { end: () => void };

type OpenStreams = { streams: Set<OpenStream>; endRounds: (() => void) | null };

// What ends sessions says so, through Redis to other instances too. Without Redis they find out by
// asking; the embedded database has no other instance.
const checkEveryMs = 4_000;
const checkEmbeddedEveryMs = 60_000;

const openStreams = () =>
  singleton<OpenStreams>("account-streams", () => {
    onShutdown("event streams", endAllStreams);
    return { streams: new Set(), endRounds: null };
  });

/** Keeps a stream in sight until the returned function is called. */
export function addStream(session: StreamSession, end: () => void): () => void {
  const state = openStreams();
  const stream = { ...session, end };
  state.streams.add(stream);
  const everyMs = env().isEmbedded ? checkEmbeddedEveryMs : checkEveryMs;
  state.endRounds ??= startRounds(everyMs, () => checkSessions([...state.streams]));
  return () => {
    state.streams.delete(stream);
    if (state.streams.size > 0) return;
    state.endRounds?.();
    state.endRounds = null;
  };
}

/** How many streams an account has open on this instance. */
export function countStreamsOf(userId: string): number {
  return streamsOf(userId).length;
}

/** Ends the streams of an account whose session has ended. */
export function checkSessionsOf(userId: string): Promise<void> {
  return checkSessions(streamsOf(userId));
}

function streamsOf(userId: string): OpenStream[] {
  return [...openStreams().streams].filter((stream) => stream.userId === userId);
}

/** One query for all; while the database is away, nobody is sent off. */
async function checkSessions(streams: OpenStream[]): Promise<void> {
  if (streams.length === 0) return;
  try {
    const userIds = [...new Set(streams.map(({ userId }) => userId))];
    const versions = await findSessionVersions({ system: "event streams" }, userIds);
    const { streams: stillOpen } = openStreams();
    for (const stream of streams)
      if (versions.get(stream.userId) !== stream.version && stillOpen.has(stream)) stream.end();
  } catch (error) {
    logger().warn({ error }, "sessions of event streams not checked");
  }
}

function endAllStreams(): void {
  for (const stream of [...openStreams().streams]) stream.end();
}
