import "server-only";
import { z } from "zod";
import type { RedisDoor } from "../redis/client";

/** Channel and hash in Redis; the hash is for those who were not listening. */
const place = "parley:key-rests";
/** Longer than any key rests. */
const keptSeconds = 300;

const newsSchema = z.object({ name: z.string(), untilMs: z.number() });
const storedSchema = z.coerce.number().nonnegative();

/**
 * Until when keys are left alone, after a limit or a refusal. With Redis all instances know what one
 * was told; nobody waits for it, and without it each knows its own.
 */
export class KeyRests {
  private readonly untilMs = new Map<string, number>();
  private readonly unsubscribe: () => void;

  constructor(
    private readonly door: RedisDoor | null = null,
    private readonly now: () => number = Date.now,
  ) {
    this.unsubscribe =
      door?.subscribe(
        place,
        (text) => {
          this.hear(text);
        },
        () => void this.readAll(),
      ) ?? (() => undefined);
    void this.readAll();
  }

  /** When a key may be used again; 0 when it may now. */
  get(name: string): number {
    const untilMs = this.untilMs.get(name) ?? 0;
    if (untilMs > this.now()) return untilMs;
    this.untilMs.delete(name);
    return 0;
  }

  begin(name: string, ms: number): void {
    const untilMs = this.now() + ms;
    this.untilMs.set(name, untilMs);
    this.tell(name, untilMs);
  }

  /** Costs nothing where the key did not rest. */
  end(name: string): void {
    if (this.untilMs.delete(name)) this.tell(name, 0);
  }

  close(): void {
    this.unsubscribe();
  }

  private tell(name: string, untilMs: number): void {
    const { door } = this;
    if (door === null) return;
    door
      .command((client) => {
        const change = client.multi().publish(place, JSON.stringify({ name, untilMs }));
        if (untilMs === 0) return change.hDel(place, name).exec();
        return change.hSet(place, name, String(untilMs)).expire(place, keptSeconds).exec();
      })
      .catch(() => undefined);
  }

  private hear(text: string): void {
    const news = newsSchema.safeParse(parseJson(text));
    if (!news.success) return;
    const { name, untilMs } = news.data;
    if (untilMs > this.now()) this.untilMs.set(name, untilMs);
    else this.untilMs.delete(name);
  }

  private async readAll(): Promise<void> {
    const stored = await this.door
      ?.command((client) => client.hGetAll(place))
      .catch(() => undefined);
    for (const [name, text] of Object.entries(stored ?? {})) {
      const untilMs = storedSchema.safeParse(text).data ?? 0;
      if (untilMs > this.now()) this.untilMs.set(name, untilMs);
    }
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
