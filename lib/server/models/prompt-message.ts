import "server-only";
import type { ToolUse } from "@/lib/domain/context/plan-input";
import type { ImageSize } from "@/lib/domain/images/model-image-tokens";

/** An image of a message; its bytes are fetched only when a request is made. */
export type PromptImage = {
  mediaType: "image/png" | "image/jpeg" | "image/webp";
  /** In pixels, where that is known. */
  size?: ImageSize;
  readBytes: () => Promise<Uint8Array>;
};

export type PromptMessage = {
  role: "system" | "user" | "assistant";
  text: string;
  /** Of a user's message. */
  images?: PromptImage[];
  /** Of an earlier answer; goes back only where the dialect wants it. */
  reasoning?: string;
  /** What an earlier answer used before its text. */
  toolUses?: readonly ToolUse[];
};
