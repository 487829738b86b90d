import "server-only";
import type { DeliveryFailure } from "@/lib/contracts/alerts";
import { writeMailText } from "@/lib/domain/alerts/channel-message";
import { judgeAnswer } from "@/lib/domain/alerts/judge-answer";
import { readRetryAfterMs } from "@/lib/domain/errors/retry-after";
import { sendMail, type SendOutcome } from "../mail/send-mail";
import { allowedProviderHosts } from "../providers/allowed-hosts";
import { createProviderFetch } from "../providers/provider-fetch";
import { singleton } from "../singleton";
import type { StoredConfig } from "./channel-config";
import { makeRequest, type Dispatch } from "./make-request";

const timeoutMs = 10_000;
const mostBytes = 64 * 1024;

// Through the same door as providers: no private address, no redirect.
const alertFetch = () =>
  singleton("alert-fetch", () =>
    createProviderFetch({ allowedHosts: allowedProviderHosts(), headersTimeoutMs: timeoutMs }),
  );

/** Sends a message to a channel, once. Never throws, and keeps nothing of the answer. */
export async function sendMessage(config: StoredConfig, dispatch: Dispatch): Promise<SendOutcome> {
  const { message, deliveryId } = dispatch;
  if (config.kind === "mail")
    return sendMail({
      to: config.recipients,
      subject: message.title,
      text: writeMailText(message),
      id: deliveryId,
    });
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const { url, headers, body } = makeRequest(config, dispatch, Date.now());
    const response = await alertFetch()(url, { method: "POST", headers, body, signal });
    const answer = { status: response.status, body: await readText(response) };
    const failure = judgeAnswer(config.kind, answer);
    if (failure === null) return { isDelivered: true, httpStatus: answer.status };
    const given = Object.fromEntries(response.headers);
    const retryAfterMs = readRetryAfterMs(given, "", Date.now());
    return { isDelivered: false, httpStatus: answer.status, failure, retryAfterMs };
  } catch (error) {
    const failure = signal.aborted ? "timeout" : nameFailure(error);
    return { isDelivered: false, httpStatus: null, failure, retryAfterMs: null };
  }
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    // Leaving the loop cancels the body; what is this long is no answer of a bot.
    if (size > mostBytes) return "";
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function nameFailure(error: unknown): DeliveryFailure {
  for (let current = error; current instanceof Error; current = current.cause) {
    const { code } = current as { code?: unknown };
    if (code === "PROVIDER_ADDRESS_REFUSED") return "address_refused";
    if (code === "PROVIDER_REDIRECTED") return "bad_status";
    if (typeof code === "string" && /TIMEOUT|ETIMEDOUT/.test(code)) return "timeout";
  }
  return "unreachable";
}
