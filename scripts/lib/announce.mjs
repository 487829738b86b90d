import { listenHost } from "./listen-host.mjs";

/**
 * Says where Parley is, where its data lies and what to do next.
 *
 * @param {{ port: number, dataDir: string, isFirstStart: boolean }} started
 */
export async function announce({ port, dataDir, isFirstStart }) {
  const host = listenHost();
  const address = `http://${host && host !== "0.0.0.0" && host !== "::" ? inUrl(host) : "localhost"}:${port}`;
  const isReady = await answers(`${address}/api/ready`);
  const embedded = !process.env.DATABASE_URL;
  const lines = [
    isReady ? "Parley is ready." : "Parley is listening, and waits for its database.",
    "",
    `  Address   ${address}`,
    `  Data      ${embedded ? dataDir : `PostgreSQL at ${databaseHost()}, files in ${dataDir}`}`,
    `  Next      ${nextStep({ isReady, isFirstStart: embedded && isFirstStart })}`,
    "  Stop      Ctrl+C",
  ];
  process.stdout.write(`\n${lines.join("\n")}\n\n`);
}

/** @param {{ isReady: boolean, isFirstStart: boolean }} state */
function nextStep({ isReady, isFirstStart }) {
  if (!isReady) return "Start the database, or check DATABASE_URL; Parley goes on by itself.";
  return isFirstStart
    ? "Open the address: make the admin account there, then connect a model."
    : "Open the address and go on where you were.";
}

/** @param {string} url */
async function answers(url) {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(5_000) })).ok;
  } catch {
    return false;
  }
}

/** The host and name of the database, without the credentials. */
function databaseHost() {
  const url = process.env.DATABASE_URL ?? "";
  if (!URL.canParse(url)) return "DATABASE_URL";
  const { host, pathname } = new URL(url);
  return `${host || "a local socket"}${pathname}`;
}

/** @param {string} host */
function inUrl(host) {
  return host.includes(":") ? `[${host}]` : host;
}

/**
 * Why the server can't listen, as one sentence.
 *
 * @param {NodeJS.ErrnoException} error
 */
export function explainListenError(error) {
  const port = process.env.PORT || "3000";
  switch (error.code) {
    case "EADDRINUSE":
      return `Port ${port} is in use: stop what listens there, or choose another (PORT=3001 npm start).`;
    case "EACCES":
      return `Port ${port} may not be opened by this user: choose one above 1023 (PORT=3000).`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
      return `HOSTNAME: ${process.env.HOSTNAME} is no address of this machine.`;
    case "ERR_SOCKET_BAD_PORT":
      return `PORT: ${port} is not a port number.`;
    default:
      return `Listening on port ${port} failed: ${error.message}.`;
  }
}

/**
 * Ends the process with one sentence.
 *
 * @param {string} sentence
 * @returns {never}
 */
export function fail(sentence) {
  process.stderr.write(`\nParley did not start. ${sentence}\n\n`);
  process.exit(1);
}
