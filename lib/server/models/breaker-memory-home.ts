import "server-only";
import { freshBreaker, type BreakerState } from "@/lib/domain/failover/breaker-memory";
import type { BreakerHome, Change } from "./breaker-home";
import { BreakerListeners } from "./breaker-listeners";

/** The states of one process. */
export class MemoryBreakerHome implements BreakerHome {
  private readonly states = new Map<string, BreakerState>();
  private readonly listeners = new BreakerListeners();

  peek(modelId: string): BreakerState {
    return this.states.get(modelId) ?? freshBreaker;
  }

  change<Result>(modelId: string, change: Change<Result>): Promise<Result> {
    const before = this.peek(modelId);
    const [after, result] = change(before);
    if (after !== before) {
      this.states.set(modelId, after);
      this.listeners.tell(modelId);
    }
    return Promise.resolve(result);
  }

  readAll(modelIds: readonly string[]): Promise<Map<string, BreakerState>> {
    return Promise.resolve(new Map(modelIds.map((id) => [id, this.peek(id)])));
  }

  listen(modelId: string, listener: () => void): () => void {
    return this.listeners.add(modelId, listener);
  }

  close(): void {
    this.states.clear();
  }
}
