import { createStore } from "@/lib/client/store";

/** A wish to see a message of the conversation on this page. */
export type MessageVisit = {
  messageId: string;
  /** Whether it takes the keyboard too. */
  isFocused: boolean;
};

export const messageVisits = createStore<MessageVisit | null>(null);

/** Scrolls the conversation to a message, also where it is not loaded. */
export function goToMessage(visit: MessageVisit): void {
  messageVisits.set({ ...visit });
}
