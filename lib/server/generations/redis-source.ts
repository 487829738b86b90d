import "server-only";
import type { RedisDoor } from "../redis/client";
import type { AnswerNews, AnswerSource } from "./answer-source";
import { logKey, readEntry } from "./redis-format";

const entriesAtOnce = 500;

/** The log of a generation in Redis as a source of news. */
export function openRedisSource(
  door: RedisDoor,
  userId: string,
  generationId: string,
): AnswerSource {
  const key = logKey(userId, generationId);
  let lastId: string | null = null;

  return {
    async read() {
      const from = lastId === null ? "-" : `(${lastId}`;
      const [found, isThere] = await door.command((client) =>
        Promise.all([client.xRange(key, from, "+", { COUNT: entriesAtOnce }), client.exists(key)]),
      );
      if (isThere === 0) {
        lastId = null;
        return null;
      }
      const entries = found ?? [];
      lastId = entries.at(-1)?.id ?? lastId;
      return joinNews(entries.map(({ message }) => readEntry(message["entry"] ?? "")));
    },
    watch: (onNews) => door.subscribe(key, onNews, onNews),
  };
}

function joinNews(news: readonly AnswerNews[]): AnswerNews {
  return {
    deltas: news.flatMap(({ deltas }) => deltas),
    metadata: news.findLast(({ metadata }) => metadata !== null)?.metadata ?? null,
    isOver: news.some(({ isOver }) => isOver),
  };
}
