import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EnvError, readEnv } from "./env";

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), "parley-env-"));
});

afterEach(() => rm(dataDir, { recursive: true }));

const read = (source: Record<string, string>) => readEnv({ DATA_DIR: dataDir, ...source });

describe("readEnv", () => {
  it("needs nothing: the embedded database and generated secrets, for their owner only", async () => {
    const env = read({});
    expect(env).toMatchObject({
      PORT: 3000,
      SIGNUP: "invite",
      isEmbedded: true,
      publicUrl: "http://localhost:3000",
      providerHosts: ["localhost", "127.0.0.1"],
    });
    expect(Buffer.from(env.encryptionKey, "base64")).toHaveLength(32);
    expect(env.sessionSecret).not.toBe(env.encryptionKey);
    const { mode } = await stat(path.join(dataDir, "secrets", "encryption-key"));
    expect(mode & 0o777).toBe(0o600);
  });

  it("keeps its secrets over a restart", () => {
    expect(read({}).sessionSecret).toBe(read({}).sessionSecret);
  });

  it("takes an empty variable for one that is not set", () => {
    expect(read({ PORT: "", OPENAI_BASE_URL: " ", SIGNUP: "" }).PORT).toBe(3000);
  });

  it.each([
    [{ PORT: "http" }, "PORT"],
    [{ DATABASE_URL: "mysql://host/db" }, "DATABASE_URL"],
    [{ DATABASE_URL: "postgresql://host/db" }, "NEXTAUTH_SECRET"],
    [{ NEXTAUTH_SECRET: "short" }, "NEXTAUTH_SECRET"],
    [{ ENCRYPTION_KEY: "not 32 bytes" }, "ENCRYPTION_KEY"],
    [{ SIGNUP: "everybody" }, "SIGNUP"],
    [{ OIDC_ISSUER: "https://issuer.example" }, "OIDC_CLIENT_ID"],
    [{ ADMIN_EMAIL: "ada@example.com" }, "ADMIN_PASSWORD"],
    [{ AZURE_OPENAI_ENDPOINT: "my-resource" }, "AZURE_OPENAI_ENDPOINT"],
    [{ AZURE_OPENAI_ENDPOINT: "https://mine.openai.azure.com" }, "AZURE_OPENAI_API_KEY"],
    [{ AZURE_OPENAI_API_VERSION: "latest" }, "AZURE_OPENAI_API_VERSION"],
    [{ NEXTAUTH_URL: "ftp://parley.example" }, "NEXTAUTH_URL"],
    [{ SMTP_URL: "https://mail.example" }, "SMTP_URL"],
    [{ SMTP_URL: "smtp:", MAIL_FROM: "parley@example.com" }, "SMTP_URL"],
    [{ SMTP_URL: "smtp://mail.example" }, "MAIL_FROM"],
    [{ MAIL_FROM: "parley@example.com" }, "SMTP_URL"],
    [{ SMTP_URL: "smtp://mail.example", MAIL_FROM: "nobody" }, "MAIL_FROM"],
    [{ SMTP_URL: "smtp://mail.example", MAIL_FROM: "P\r\nBcc: x <a@b.example>" }, "MAIL_FROM"],
    [{ LOG_LEVEL: "loud" }, "LOG_LEVEL"],
  ])("refuses %j with a sentence that names the variable", (source, name) => {
    expect(() => read(source)).toThrow(EnvError);
    expect(() => read(source)).toThrow(new RegExp(`^${name}\\b`));
  });

  it("takes a mail server, and a sender with or without a name", () => {
    for (const MAIL_FROM of ["parley@example.com", "对谈 Parley <parley@example.com>"]) {
      const given = { SMTP_URL: "smtps://user:secret@mail.example:465", MAIL_FROM };
      expect(read(given)).toMatchObject(given);
    }
  });

  it("allows no private provider host by itself on a real database", () => {
    const secrets = {
      NEXTAUTH_SECRET: "x".repeat(32),
      ENCRYPTION_KEY: Buffer.alloc(32).toString("base64"),
    };
    const env = read({ DATABASE_URL: "postgresql://host/db", ...secrets });
    expect(env).toMatchObject({ isEmbedded: false, providerHosts: [] });
  });
});
