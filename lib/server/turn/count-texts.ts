import "server-only";
import { setImmediate as letOthersRun } from "node:timers/promises";
import type { TokenCounts } from "@/lib/contracts/context";
import { countText } from "@/lib/domain/tokens/count-text";
import { cutIntoPieces } from "@/lib/domain/tokens/cut-into-pieces";
import { findEncoding } from "@/lib/domain/tokens/find-encoding";
import { loadCl100k } from "@/lib/domain/tokens/cl100k";
import { sumCounts } from "@/lib/domain/tokens/sum-counts";

/** Some milliseconds of counting. */
const pieceCharacters = 20_000;
/** After so long other requests have their turn. */
const longestRunMs = 10;

/** Counts texts, however long, without holding up other requests. */
export class TextCounter {
  private readonly needsCl100k: boolean;
  private runSinceMs = performance.now();

  private constructor(needsCl100k: boolean) {
    this.needsCl100k = needsCl100k;
  }

  /** A counter for what these models may be sent; loads the encoding that one of them needs. */
  static async for(models: readonly { name: string }[]): Promise<TextCounter> {
    const needsCl100k = models.some(({ name }) => findEncoding(name) === "cl100k");
    if (needsCl100k) await loadCl100k();
    return new TextCounter(needsCl100k);
  }

  /** Whether counts say all that the models need. */
  isEnough(counts: TokenCounts | null): counts is TokenCounts {
    return counts !== null && (!this.needsCl100k || counts.cl100k !== undefined);
  }

  async count(text: string): Promise<TokenCounts> {
    const counted: TokenCounts[] = [];
    for (const piece of cutIntoPieces(text, pieceCharacters)) {
      if (performance.now() - this.runSinceMs > longestRunMs) {
        await letOthersRun();
        this.runSinceMs = performance.now();
      }
      counted.push(countText(piece, this.needsCl100k));
    }
    return counted.length === 1 && counted[0] !== undefined ? counted[0] : sumCounts(counted);
  }
}
