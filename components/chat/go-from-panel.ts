import { goToMessage } from "./message-visit";
import { closePanel } from "./side-panel-address";
import { isCovering } from "./use-is-covering";

/** Goes to a message from the panel, which closes where it lies over the conversation. */
export function goFromPanel(messageId: string): void {
  const isOver = isCovering();
  if (isOver) closePanel();
  goToMessage({ messageId, isFocused: isOver });
}
