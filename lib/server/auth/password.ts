import "server-only";
import { hash, verify } from "@node-rs/argon2";
import { singleton } from "../singleton";

// OWASP's first choice for argon2id: 19 MiB, 2 passes, 1 lane (Password Storage Cheat Sheet).
// argon2id is the package's default algorithm; its enum can't be named under isolatedModules.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

// Each hash holds 19 MiB and a thread of libuv's pool: a flood must neither eat the memory nor
// keep file reads waiting.
const hashesAtOnce = 2;

/** The argon2id hash of a password, as a PHC string with its own salt. */
export async function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password, parameters));
}

/**
 * Whether a password fits a stored hash. Without a hash (nobody of that address, or an account
 * that only signs in through OIDC) the answer is no, after as much work as with one.
 */
export async function verifyPassword(
  storedHash: string | null,
  password: string,
): Promise<boolean> {
  const isMatch = await inTurn(async () => verify(storedHash ?? (await dummyHash()), password));
  return isMatch && storedHash !== null;
}

const dummyHash = () => singleton("dummy-password-hash", () => hash("", parameters));

type Queue = { running: number; waiting: (() => void)[] };

const queue = () => singleton<Queue>("password-hashes", () => ({ running: 0, waiting: [] }));

async function inTurn<Value>(work: () => Promise<Value>): Promise<Value> {
  const { waiting } = queue();
  if (queue().running >= hashesAtOnce) {
    // Whoever ends hands its place over, so the count stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else {
    queue().running++;
  }
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) queue().running--;
    else next();
  }
}
