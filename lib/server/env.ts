import "server-only";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { randomBytes } from "node:crypto";
import path from "node:path";
import { z } from "zod";
import { singleton } from "./singleton";

const emptyAsUnset = (value: unknown) =>
  typeof value === "string" && value.trim() === "" ? undefined : value;

const optional = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess(emptyAsUnset, schema.optional());

const list = z.preprocess(
  emptyAsUnset,
  z
    .string()
    .transform((text) => text.split(",").map((item) => item.trim().toLowerCase()))
    .pipe(z.array(z.string().min(1)))
    .optional(),
);

const url = z.url({ protocol: /^https?$/, error: "must be an http or https URL" });

/** `a@b.example`, or a name before it in angle brackets; one line. */
function isMailSender(text: string): boolean {
  const [, address] = /^[^<>\p{Cc}]*<([^<>]+)>$/u.exec(text) ?? [];
  return z.email().safeParse(address ?? text).success;
}

const envSchema = z
  .object({
    PORT: z.preprocess(
      emptyAsUnset,
      z.coerce.number({ error: "must be a port number" }).int().min(0).max(65_535).default(3000),
    ),
    HOSTNAME: optional(z.string()),
    DATABASE_URL: optional(
      z.string().regex(/^postgres(ql)?:\/\//, "must start with postgresql://"),
    ),
    DATA_DIR: z.preprocess(emptyAsUnset, z.string().default(".data")),
    REDIS_URL: optional(
      z
        .url({
          protocol: /^rediss?$/,
          error: "must be a URL that starts with redis:// or rediss://",
        })
        .refine((url) => /^\/?\d*$/.test(new URL(url).pathname), {
          error: "must end with the number of a database, or with none",
        }),
    ),
    NEXTAUTH_SECRET: optional(z.string().min(32, "must have at least 32 characters")),
    NEXTAUTH_URL: optional(url),
    ENCRYPTION_KEY: optional(
      z
        .string()
        .refine(
          (text) => Buffer.from(text, "base64").length === 32,
          "must be 32 bytes in base64 (openssl rand -base64 32)",
        ),
    ),
    OPENAI_API_KEY: optional(z.string()),
    OPENAI_BASE_URL: optional(url),
    OPENAI_MODEL: optional(z.string()),
    AZURE_OPENAI_ENDPOINT: optional(url),
    AZURE_OPENAI_API_KEY: optional(z.string()),
    AZURE_OPENAI_API_VERSION: z.preprocess(
      emptyAsUnset,
      z
        .string()
        .regex(/^\d{4}-\d{2}-\d{2}(?:-preview)?$|^preview$|^v1$/, "must look like 2024-10-21")
        .default("2024-10-21"),
    ),
    AZURE_OPENAI_DEPLOYMENT: optional(z.string()),
    ADMIN_EMAIL: optional(z.email("must be an e-mail address")),
    ADMIN_PASSWORD: optional(z.string().min(8, "must have at least 8 characters").max(128)),
    SIGNUP: z.preprocess(emptyAsUnset, z.enum(["open", "invite", "closed"]).default("invite")),
    OIDC_ISSUER: optional(url),
    OIDC_CLIENT_ID: optional(z.string()),
    OIDC_CLIENT_SECRET: optional(z.string()),
    OIDC_NAME: optional(z.string()),
    SMTP_URL: optional(
      z
        .url({ protocol: /^smtps?$/, error: "must be a URL that starts with smtp:// or smtps://" })
        .refine((url) => new URL(url).hostname !== "", { error: "must name a host" }),
    ),
    MAIL_FROM: optional(
      z.string().refine(isMailSender, {
        error: "must be an e-mail address, or a name and one: Parley <parley@example.com>",
      }),
    ),
    PROVIDER_HOSTS: list,
    TRUSTED_PROXIES: z.preprocess(emptyAsUnset, z.coerce.number().int().min(0).max(16).default(0)),
    LOG_LEVEL: z.preprocess(
      emptyAsUnset,
      z.enum(["trace", "debug", "info", "warn", "error", "fatal", "silent"]).default("info"),
    ),
    NODE_ENV: z.preprocess(
      emptyAsUnset,
      z.enum(["production", "development", "test"]).default("production"),
    ),
  })
  .superRefine((values, context) => {
    const require = (name: keyof typeof values, because: string) => {
      if (values[name] === undefined)
        context.addIssue({ code: "custom", path: [name], message: `is needed ${because}` });
    };
    if (values.DATABASE_URL !== undefined) {
      require("NEXTAUTH_SECRET", "when DATABASE_URL is set");
      require("ENCRYPTION_KEY", "when DATABASE_URL is set");
    }
    if (values.OIDC_ISSUER !== undefined) {
      require("OIDC_CLIENT_ID", "when OIDC_ISSUER is set");
      require("OIDC_CLIENT_SECRET", "when OIDC_ISSUER is set");
    }
    if (values.AZURE_OPENAI_ENDPOINT !== undefined)
      require("AZURE_OPENAI_API_KEY", "when AZURE_OPENAI_ENDPOINT is set");
    if (values.ADMIN_EMAIL !== undefined) require("ADMIN_PASSWORD", "when ADMIN_EMAIL is set");
    if (values.SMTP_URL !== undefined) require("MAIL_FROM", "when SMTP_URL is set");
    if (values.MAIL_FROM !== undefined) require("SMTP_URL", "when MAIL_FROM is set");
  });

/** A wrong environment variable. `message` is a sentence that names it. */
export class EnvError extends Error {
  override name = "EnvError";
}

export type Env = ReturnType<typeof readEnv>;

/**
 * Checks the environment and fills in the defaults, including secrets generated into `DATA_DIR`
 * when the database is the embedded one.
 *
 * @throws EnvError with a sentence that names the variable.
 */
export function readEnv(source: Record<string, string | undefined>) {
  const result = envSchema.safeParse(source);
  if (!result.success) {
    const issue = result.error.issues[0];
    throw new EnvError(
      `${issue?.path.join(".") ?? "The environment"}: ${issue?.message ?? "is not valid"}.`,
    );
  }
  const values = result.data;
  const isEmbedded = values.DATABASE_URL === undefined;
  const dataDir = path.resolve(values.DATA_DIR);
  return {
    ...values,
    isEmbedded,
    dataDir,
    publicUrl: values.NEXTAUTH_URL ?? `http://localhost:${String(values.PORT)}`,
    providerHosts: values.PROVIDER_HOSTS ?? (isEmbedded ? ["localhost", "127.0.0.1"] : []),
    sessionSecret: values.NEXTAUTH_SECRET ?? generatedSecret(dataDir, "session-secret"),
    encryptionKey: values.ENCRYPTION_KEY ?? generatedSecret(dataDir, "encryption-key"),
  };
}

/** The environment of this process, checked once. */
export function env(): Env {
  return singleton("env", () => readEnv(process.env));
}

/**
 * Hands the public address to NextAuth, which reads it from NEXTAUTH_URL only, and would otherwise
 * guess. A path is dropped: Parley lives at the root of its address.
 */
export function publishAuthUrl(): void {
  process.env.NEXTAUTH_URL = new URL(env().publicUrl).origin;
}

/**
 * Names the build that serves: a page that came from another one is out of date. Written into the
 * code while it is built (next.config.ts).
 */
export function buildId(): string {
  return process.env.PARLEY_BUILD ?? "development";
}

/** Whether this process only builds pages; nothing may touch the database then. */
export function isBuilding(): boolean {
  return process.env["NEXT_PHASE"] === "phase-production-build";
}

/** Reads a secret from a file of `DATA_DIR` that only its owner may read, creating it once. */
function generatedSecret(dataDir: string, name: string): string {
  const directory = path.join(dataDir, "secrets");
  const file = path.join(directory, name);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  try {
    // `wx` makes creation atomic: of two processes, one writes and both read the same value.
    writeFileSync(file, randomBytes(32).toString("base64"), { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(file, "utf8").trim();
}
