import { onNews } from "./news";

type FollowedSettings = {
  get: () => { id: string; isSaved: boolean; turn: { phase: string } };
  readSettings: () => Promise<void>;
};

/**
 * Reads an open conversation's settings again when another tab or device may have changed them: it
 * says so, or sends a message, perhaps to another model. Returns what ends it.
 */
export function followSettings(store: FollowedSettings): () => void {
  return onNews((news) => {
    const { id, turn } = store.get();
    const isTurnElsewhere =
      news.type === "conversation" &&
      news.conversation.id === id &&
      news.conversation.isAnswering &&
      turn.phase === "idle";
    const isChange = news.type === "settings-changed" && news.conversationId === id;
    if (isTurnElsewhere || isChange || news.type === "missed") void store.readSettings();
  });
}
