import "server-only";
import { createTransport } from "nodemailer";
import type { DeliveryFailure } from "@/lib/contracts/alerts";
import { env } from "../env";

const timeoutMs = 10_000;
/** For the whole conversation with the server. */
const totalMs = 25_000;

export type Mail = {
  to: readonly string[];
  subject: string;
  text: string;
  /** The same for every try, so that a mailbox can tell that it is the same mail. */
  id: string;
};

/** What became of a message; `retryAfterMs` where the receiver asked for patience. */
export type SendOutcome =
  | { isDelivered: true; httpStatus: number | null }
  | {
      isDelivered: false;
      httpStatus: number | null;
      failure: DeliveryFailure;
      retryAfterMs: number | null;
    };

/** Whether there is a mail server: SMTP_URL and MAIL_FROM. */
export function canMail(): boolean {
  return env().SMTP_URL !== undefined && env().MAIL_FROM !== undefined;
}

/** Sends a mail of plain text. Never throws. */
export async function sendMail({ to, subject, text, id }: Mail): Promise<SendOutcome> {
  const { SMTP_URL: url, MAIL_FROM: from } = env();
  if (url === undefined || from === undefined) return failWith("no_mail_server");
  const transport = createTransport({
    url,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    dnsTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const signal = AbortSignal.timeout(totalMs);
  try {
    await transport.sendMail({
      ...{ from, to: [...to], subject, text },
      messageId: `<${id}@${new URL(env().publicUrl).hostname}>`,
      headers: { "Auto-Submitted": "auto-generated" },
      ...{ signal },
    });
    return { isDelivered: true, httpStatus: null };
  } catch (error) {
    return failWith(nameFailure(error));
  } finally {
    transport.close();
  }
}

/** By nodemailer's codes and the server's own (RFC 5321): 5 for what stays refused, 4 for now. */
function nameFailure(error: unknown): DeliveryFailure {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown };
  if (code === "ETIMEDOUT" || code === "EABORT") return "timeout";
  if (typeof responseCode === "number" && responseCode >= 400)
    return responseCode >= 500 || code === "EAUTH" ? "refused" : "bad_status";
  if (code === "EAUTH" || code === "EENVELOPE") return "refused";
  return code === "EPROTOCOL" ? "bad_answer" : "unreachable";
}

function failWith(failure: DeliveryFailure): SendOutcome {
  return { isDelivered: false, httpStatus: null, failure, retryAfterMs: null };
}
