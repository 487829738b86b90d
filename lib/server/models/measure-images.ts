import "server-only";
import { countImageTokens } from "@/lib/domain/images/model-image-tokens";
import type { CallContext, ContextMessage } from "./call-context";

// No image is kept larger; one whose size was not kept counts as such.
const largest = { width: 2048, height: 2048 };

/** A branch whose images are measured as the model of this name does. */
export function measureImages(
  { branch }: Pick<CallContext, "branch">,
  modelName: string,
): readonly ContextMessage[] {
  return branch.map((message) => {
    const { images = [] } = message;
    if (images.length === 0) return message;
    const imageTokens = images.reduce(
      (sum, { size = largest }) => sum + countImageTokens(modelName, size),
      0,
    );
    return { ...message, imageTokens };
  });
}
