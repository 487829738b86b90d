import { onNews, type News } from "./news";

/** A conversation on this page, as far as it matters here. */
type FollowedConversation = {
  get: () => { id: string; isSaved: boolean; turn: { phase: string } };
  subscribe: (listener: () => void) => () => void;
  /** Reads its newest messages, and follows the answer that is being written; resolves after. */
  refresh: () => Promise<void>;
};

/**
 * Keeps an open conversation in step with other tabs and devices: reads it again when something
 * happened in it that this page did not do itself. What comes while a turn is under way here waits
 * for its end.
 *
 * @returns what ends it, and what reads it at once.
 */
export function followConversation(store: FollowedConversation) {
  let isReading = false;
  let isPending = false;
  /** The turn that is under way here has ended at the server. */
  let hasEnded = false;
  let knownUpdate: string | null = null;

  const isIdle = () => !isReading && store.get().turn.phase === "idle";
  const read = () => {
    if (!isIdle()) {
      isPending = true;
      return;
    }
    isPending = false;
    isReading = true;
    void store.refresh().finally(() => {
      isReading = false;
      settle();
    });
  };
  const settle = () => {
    if (!isIdle()) return;
    hasEnded = false;
    if (isPending) read();
  };

  const hear = (news: News) => {
    const { id, isSaved } = store.get();
    if (!isSaved) return;
    if (news.type === "missed") read();
    else if (news.type === "messages-changed" && news.conversationId === id) read();
    else if (news.type === "conversation" && news.conversation.id === id) {
      knownUpdate = news.conversation.updatedAt;
      if (!news.conversation.isAnswering) hasEnded = !isIdle();
      // The first beginning that is heard during a turn is that of the turn itself.
      else if (isIdle() || hasEnded) read();
    } else if (news.type === "listed") {
      const listed = news.conversations.find((one) => one.id === id);
      if (listed === undefined) return;
      const isNewer = knownUpdate !== null && listed.updatedAt !== knownUpdate;
      knownUpdate = listed.updatedAt;
      // Where no events come, this is how one finds out.
      if (isIdle() && (listed.isAnswering || isNewer)) read();
    }
  };

  const stopListening = onNews(hear);
  const stopFollowing = store.subscribe(settle);
  return {
    read,
    stop: () => {
      stopListening();
      stopFollowing();
    },
  };
}
