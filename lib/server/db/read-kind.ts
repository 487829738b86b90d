import "server-only";
import { providerKinds, type ProviderKind } from "@/lib/contracts/providers";

/** A stored dialect; one that this version does not know is spoken to as any other. */
export function readKind(stored: string): ProviderKind {
  return providerKinds.find((kind) => kind === stored) ?? "openai-compatible";
}
