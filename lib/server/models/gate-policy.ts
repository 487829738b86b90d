import "server-only";
import type { ErrorCode } from "@/lib/contracts/errors";
import type { InstanceSettings } from "@/lib/contracts/settings";
import type { Actor } from "@/lib/domain/actor";
import { noteModelRests, noteRefusal } from "../alerts/note-trouble";
import type { BudgetHold, CallToHold } from "../db/hold-budgets";
import { clearKeyAside, setKeyAside } from "../db/provider-keys";
import { getInstanceSettings } from "../db/settings";
import { logger } from "../logger";
import { holdForCall, noteCallOver } from "../ledger/open-holds";
import { redis } from "../redis/client";
import { singleton } from "../singleton";
import { MemoryBreakerHome } from "./breaker-memory-home";
import { RedisBreakerHome } from "./breaker-redis-home";
import { KeyRests } from "./key-rests";
import { KeyRing } from "./key-ring";
import { ModelBreaker } from "./model-breaker";
import { ProviderPlaces } from "./provider-places";

/** What the gate remembers between calls. */
export type GatePolicy = {
  breaker: ModelBreaker;
  keys: KeyRing;
  places: ProviderPlaces;
  /** Reserves in the budgets what a call may use. */
  holdBudgets: (actor: Actor, call: CallToHold) => Promise<BudgetHold>;
  /** Hears that nothing more is asked under a call's hold. */
  noteCallOver: (callId: string) => void;
  /** What a USD is worth to the team. */
  readRate: () => Promise<Pick<InstanceSettings, "cnyPerUsdMicros">>;
  /** Keeps, for all instances and for who looks, that a key is of no use; not waited for. */
  setKeyAside: (keyId: string, aside: { code: ErrorCode; until: Date | null }) => void;
  /** Keeps that it works again. */
  clearKeyAside: (keyId: string) => void;
  /** Notes a failure of a model that no other key of the instance could mend; not waited for. */
  noteRefusal: (modelId: string, code: ErrorCode) => void;
};

/** The turn has just read it; where the database is slow, asking again would make it later still. */
const rateKnownForMs = 30_000;

/** The gate's memory in this process; shared with other instances through Redis and the database. */
export function gatePolicy(): GatePolicy {
  return singleton("gate-policy", () => {
    const door = redis();
    const home = door === null ? new MemoryBreakerHome() : new RedisBreakerHome(door);
    return {
      breaker: new ModelBreaker(home, Date.now, Math.random, noteModelRests),
      keys: new KeyRing(new KeyRests(door)),
      places: new ProviderPlaces(),
      holdBudgets: holdForCall,
      noteCallOver,
      readRate: () => getInstanceSettings(rateKnownForMs),
      setKeyAside: (keyId, aside) => {
        note(
          keyId,
          setKeyAside({ system: "a provider refused a key" }, keyId, aside).then((isAside) => {
            const { code: errorCode } = aside;
            if (isAside) logger().warn({ keyId, errorCode }, "a key is set aside");
          }),
        );
      },
      clearKeyAside: (keyId) => {
        note(keyId, clearKeyAside({ system: "a key works again" }, keyId));
      },
      noteRefusal,
    };
  });
}

function note(keyId: string, stored: Promise<void>): void {
  stored.catch((error: unknown) => {
    logger().error({ error, keyId }, "what became of a key could not be stored");
  });
}
