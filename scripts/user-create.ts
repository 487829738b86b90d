// Makes an account from the terminal: npm run user:create -- --email E --role admin [--name N]
// The password comes from a prompt, or from standard input.
import { existsSync } from "node:fs";
import { parseArgs } from "node:util";
import { registerSchema } from "@/lib/contracts/accounts";
import { limits } from "@/lib/contracts/limits";
import { AppError } from "@/lib/domain/errors/app-error";
import { hashPassword } from "@/lib/server/auth/password";
import { createAccountWithRole } from "@/lib/server/db/accounts";
import { openDatabase, useDatabase } from "@/lib/server/db/client";
import { DataDirInUseError, lockDataDir } from "@/lib/server/db/data-lock";
import { migrate } from "@/lib/server/db/migrate";
import { isDatabaseUnavailable } from "@/lib/server/db/unavailable";
import { EnvError, env } from "@/lib/server/env";
import { readPassword } from "./lib/read-password";

const usage = "npm run user:create -- --email ada@example.com --role admin [--name Ada]";

class UsageError extends Error {}

if (existsSync(".env")) process.loadEnvFile(".env");

try {
  const { role, ...person } = readArguments();
  const release = env().isEmbedded ? lockDataDir(env().dataDir) : () => undefined;
  try {
    const password = await readPassword(`Password for ${person.email}: `);
    await createUser({ ...person, password }, role);
  } finally {
    release();
  }
  process.stdout.write(`Made the account of ${person.email} (${role}).\n`);
} catch (error) {
  const sentence = explain(error);
  if (sentence === null) throw error;
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 1;
}

function readArguments() {
  const { email = "", role = "member", name } = parseOptions();
  if (role !== "admin" && role !== "member") {
    throw new UsageError("--role is either admin or member.");
  }
  const person = { email, name: name ?? email.split("@")[0] };
  const parsed = registerSchema.pick({ email: true, name: true }).safeParse(person);
  if (!parsed.success) throw new UsageError(`--email is needed: an e-mail address.\n${usage}`);
  return { ...parsed.data, role } as const;
}

function parseOptions() {
  const options = {
    email: { type: "string" },
    role: { type: "string" },
    name: { type: "string" },
  } as const;
  try {
    return parseArgs({ options }).values;
  } catch {
    throw new UsageError(`That is not how it is called:\n${usage}`);
  }
}

async function createUser(
  { email, name, password }: { email: string; name: string; password: string },
  role: "admin" | "member",
): Promise<void> {
  if (!registerSchema.shape.password.safeParse(password).success) {
    throw new UsageError(
      `A password has ${limits.passwordMin} to ${limits.passwordMax} characters.`,
    );
  }
  const passwordHash = await hashPassword(password);
  const database = await openDatabase(env());
  try {
    await migrate(database);
    useDatabase(database);
    await createAccountWithRole({ system: "terminal" }, { email, name, passwordHash }, role);
  } finally {
    await database.close();
  }
}

/** What went wrong, for whoever sits at the terminal; null for a fault of ours. */
function explain(error: unknown): string | null {
  if (error instanceof DataDirInUseError) {
    return `${error.message}\nOr, while it runs, invite people in the settings.`;
  }
  if (error instanceof EnvError || error instanceof UsageError) return error.message;
  if (error instanceof AppError && error.code === "email_taken") {
    return "There is an account with this e-mail address already. Nothing was changed.";
  }
  if (isDatabaseUnavailable(error)) {
    return "The database can't be reached. Check DATABASE_URL, and that it runs.";
  }
  return null;
}
