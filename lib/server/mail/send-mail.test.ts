import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { canMail, sendMail } from "./send-mail";
import { startSmtp, type SmtpServer } from "./testing-smtp";

let smtp: SmtpServer;
beforeAll(async () => {
  smtp = await startSmtp();
  vi.stubEnv("SMTP_URL", smtp.url);
  vi.stubEnv("MAIL_FROM", "Parley <parley@example.com>");
});
beforeEach(() => {
  smtp.mails.length = 0;
});
afterAll(() => smtp.close());

const mail = { to: ["ada@example.com"], subject: "预算 at 80%", text: "Eighty.", id: "delivery-1" };

describe("a mail", () => {
  it("goes to all its recipients, from the address that was set, as plain text", async () => {
    expect(canMail()).toBe(true);
    const to = ["ada@example.com", "grace@example.com"];
    expect(await sendMail({ ...mail, to })).toEqual({ isDelivered: true, httpStatus: null });
    const [received] = smtp.mails;
    expect(received?.to).toEqual(to);
    expect(received?.data).toContain("From: Parley <parley@example.com>");
    expect(received?.data).toMatch(/Content-Type: text\/plain/);
    expect(received?.data).toMatch(/Auto-Submitted: auto-generated/i);
    expect(received?.data).toContain("Eighty.");
  });

  it("has the same id each time, so that a mailbox can tell that it is the same", async () => {
    await sendMail(mail);
    await sendMail(mail);
    const ids = smtp.mails.map(({ data }) => /^Message-ID: (.+)$/im.exec(data)?.[1]);
    expect(ids[0]).toMatch(/^<delivery-1@.+>$/);
    expect(ids[1]).toBe(ids[0]);
  });

  it("carries no header that somebody put into its subject", async () => {
    await sendMail({ ...mail, subject: "Budget\r\nBcc: eve@example.com" });
    expect(smtp.mails[0]?.to).toEqual(["ada@example.com"]);
    expect(smtp.mails[0]?.data).not.toMatch(/^Bcc:/im);
  });

  it("that is refused for good, or for now, says so", async () => {
    smtp.refusals.push("550 no such user", "451 try later");
    expect(await sendMail(mail)).toMatchObject({ isDelivered: false, failure: "refused" });
    expect(await sendMail(mail)).toMatchObject({ isDelivered: false, failure: "bad_status" });
    expect(smtp.mails).toHaveLength(0);
  });

  it("does not wait for ever for a server that says nothing", async () => {
    const timeout = AbortSignal.timeout.bind(AbortSignal);
    vi.spyOn(AbortSignal, "timeout").mockImplementation(() => timeout(200));
    smtp.isMute = true;
    expect(await sendMail(mail)).toMatchObject({ isDelivered: false, failure: "timeout" });
    smtp.isMute = false;
    vi.restoreAllMocks();
  });

  it("that finds no server says so", async () => {
    await smtp.close();
    expect(await sendMail(mail)).toMatchObject({ isDelivered: false, failure: "unreachable" });
  });
});
