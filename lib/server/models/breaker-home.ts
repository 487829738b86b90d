import "server-only";
import type { BreakerState } from "@/lib/domain/failover/breaker-memory";

/** Changes a state; may be called several times. The same state back means: nothing to write. */
export type Change<Result> = (state: BreakerState) => readonly [BreakerState, Result];

/**
 * Where the states of breakers are kept: in the memory of this process, or shared with other
 * instances through Redis. Nobody waits for Redis for longer than its door allows.
 */
export type BreakerHome = {
  /** What is known here of a model, without asking anybody. */
  peek: (modelId: string) => BreakerState;
  /** Changes the state of a model; one change after the other, also among instances. */
  change: <Result>(modelId: string, change: Change<Result>) => Promise<Result>;
  /** The newest states, for those who look at them. */
  readAll: (modelIds: readonly string[]) => Promise<Map<string, BreakerState>>;
  /** Calls when the state of a model has changed, here or elsewhere. */
  listen: (modelId: string, listener: () => void) => () => void;
  close: () => void;
};
