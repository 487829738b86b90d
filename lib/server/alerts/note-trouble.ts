import "server-only";
import type { ErrorCode } from "@/lib/contracts/errors";
import { findProviderTrouble, type ProviderTrouble } from "@/lib/domain/alerts/provider-trouble";
import { tellProviderTrouble } from "../db/provider-alerts";
import { logger } from "../logger";
import { singleton } from "../singleton";
import { nudgeAlerts } from "./alert-nudge";

const mostRemembered = 1000;
const rememberMs = 60_000;

// What was just told here: a provider in trouble costs no statement for each call.
const toldAt = () => singleton("told-troubles", () => new Map<string, number>());

/** Notes a failure that no other key could mend. Never throws, and is not waited for. */
export function noteRefusal(modelId: string, errorCode: ErrorCode): void {
  const kind = findProviderTrouble(errorCode);
  if (kind !== null) tell(kind, modelId, errorCode);
}

/** Notes that a model failed so often that it is given a rest. Never throws. */
export function noteModelRests(modelId: string, errorCode: ErrorCode | null): void {
  // Said already, in other words.
  if (errorCode === "provider_out_of_credit") return;
  tell("provider_failing", modelId, errorCode);
}

function tell(kind: ProviderTrouble, modelId: string, errorCode: ErrorCode | null): void {
  const key = `${kind} ${modelId}`;
  const told = toldAt();
  if (Date.now() - (told.get(key) ?? 0) < rememberMs) return;
  if (told.size >= mostRemembered) told.clear();
  told.set(key, Date.now());
  tellProviderTrouble({ system: "a provider is in trouble" }, { kind, modelId, errorCode }).then(
    (isNew) => {
      if (isNew) nudgeAlerts();
    },
    (error: unknown) => {
      // The next call says it again.
      told.delete(key);
      logger().error({ error, modelId, errorCode }, "an alert could not be stored");
    },
  );
}
