import "server-only";
import { setTimeout as sleep } from "node:timers/promises";
import type { AnswerMetadata } from "@/lib/contracts/chat";
import { logger } from "../logger";
import { AnswerLog } from "./answer-log";
import type { AnswerNews, AnswerSource } from "./answer-source";

const storedEveryMs = 1_000;
/** A fast source that says nothing for so long may have been left by whoever writes. */
const quietAfterMs = 2_000;
/** Nobody waits for news any more: then nobody has to be asked for them. */
const lingerMs = 5_000;
const lostAfterMs = 30_000;

type Sources = {
  /** Null where instances share nothing but the database. */
  fast: AnswerSource | null;
  /** The checkpoints in the database: at most a second old, and always there. */
  stored: AnswerSource;
};

/**
 * An answer that another instance writes: a copy that follows it while somebody here reads it, and
 * that all who read it here share.
 */
export class RemoteAnswer extends AnswerLog {
  private readonly sources: Sources;
  /** Characters of each part so far. */
  private readonly lengths: number[] = [];
  private isFollowing = false;
  private poke: (() => void) | null = null;
  private isPoked = false;

  constructor(id: string, metadata: AnswerMetadata, sources: Sources) {
    super(id, metadata);
    this.sources = sources;
  }

  override async changed(place: number, version: number, signal?: AbortSignal): Promise<void> {
    if (!this.isFollowing && !this.current.isOver) void this.follow();
    return super.changed(place, version, signal);
  }

  /** Puts news in place. @returns false when something before them is missing. */
  take({ deltas, metadata, isOver }: AnswerNews): boolean {
    for (const { part, type, at, delta } of deltas) {
      const known = this.lengths[part] ?? 0;
      if (at > known) return false;
      const fresh = delta.slice(known - at);
      if (fresh === "") continue;
      this.lengths[part] = known + fresh.length;
      this.add({ part, type, delta: fresh });
    }
    if (metadata !== null || isOver)
      this.update({ ...(metadata === null ? {} : { metadata }), isOver });
    return true;
  }

  /** Asks the sources for news while somebody waits for them. Never throws. */
  private async follow(): Promise<void> {
    this.isFollowing = true;
    const unwatch = this.sources.fast?.watch?.(() => {
      this.isPoked = true;
      this.poke?.();
    });
    let heardAtMs = Date.now();
    let reachedAtMs = Date.now();
    let wantedAtMs = Date.now();
    let storedAtMs = 0;
    while (!this.isEnded()) {
      const fast = await this.read(this.sources.fast);
      if (fast === "news") heardAtMs = Date.now();
      const isQuiet = fast === "away" || Date.now() - heardAtMs > quietAfterMs;
      if (isQuiet && !this.isEnded() && Date.now() - storedAtMs >= storedEveryMs) {
        storedAtMs = Date.now();
        if ((await this.read(this.sources.stored)) !== "away") reachedAtMs = Date.now();
      } else if (fast !== "away") reachedAtMs = Date.now();
      if (Date.now() - reachedAtMs > lostAfterMs) this.lose();
      if (this.hasWaiters) wantedAtMs = Date.now();
      if (Date.now() - wantedAtMs > lingerMs) break;
      if (!this.isEnded()) await this.nextRound();
    }
    unwatch?.();
    this.isFollowing = false;
    // Somebody may have come between the last look and now.
    if (this.hasWaiters && !this.isEnded()) void this.follow();
  }

  private async read(source: AnswerSource | null): Promise<"news" | "nothing" | "away"> {
    if (source === null) return "away";
    try {
      const news = await source.read();
      if (news === null) return "away";
      if (!this.take(news)) return "away";
      return news.deltas.length > 0 || news.metadata !== null || news.isOver ? "news" : "nothing";
    } catch (error) {
      logger().debug({ error, answerId: this.id }, "a source of an answer is away");
      return "away";
    }
  }

  /** Ends it without an end: its readers come back and ask what became of it. */
  private lose(): void {
    this.update({ isOver: true, isLost: true });
  }

  private async nextRound(): Promise<void> {
    if (!this.isPoked) {
      const poked = Promise.withResolvers<undefined>();
      this.poke = () => {
        poked.resolve(undefined);
      };
      await Promise.race([poked.promise, sleep(storedEveryMs, undefined, { ref: false })]);
      this.poke = null;
    }
    this.isPoked = false;
  }

  /** Asked through a function, since it changes while one waits. */
  private isEnded(): boolean {
    return this.current.isOver;
  }
}
