import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

/** The project's folder, wherever the script was started from. */
export const root = path.resolve(import.meta.dirname, "../..");

/**
 * @typedef {{
 *   env?: Record<string, string | undefined>,
 *   isQuiet?: boolean,
 *   tell?: (text: string) => void,
 * }} RunOptions `tell` hears what the command would have said.
 */

/**
 * Runs the command of an installed package with this very Node and resolves to its exit code.
 * Signals that end this process are passed on, so that nothing is left behind.
 *
 * @param {string} name of the package, or `package/command` where it has several
 * @param {string[]} args
 * @param {RunOptions} [options]
 */
export function runBin(name, args, options) {
  return runCommand(process.execPath, [resolveBin(name), ...args], options);
}

/**
 * Runs any command in the project's folder and resolves to its exit code.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<number>}
 */
export function runCommand(command, args, { env, isQuiet = false, tell } = {}) {
  const output = isQuiet ? "ignore" : tell === undefined ? "inherit" : "pipe";
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      // A self-hosted application tells nobody that it is being built.
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...env },
      stdio: [output === "inherit" ? "inherit" : "ignore", output, output],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding("utf8").on("data", (text) => tell?.(text));
    }
    const passOn = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
    process.on("SIGINT", passOn).on("SIGTERM", passOn);
    child.on("error", reject);
    // A pipe may still hold its last words when it has gone.
    child.on(output === "pipe" ? "close" : "exit", (code, signal) => {
      process.off("SIGINT", passOn).off("SIGTERM", passOn);
      resolve(code ?? (signal === "SIGINT" ? 130 : 143));
    });
  });
}

/** @param {string} name */
function resolveBin(name) {
  const slash = name.startsWith("@") ? name.indexOf("/", name.indexOf("/") + 1) : name.indexOf("/");
  const packageName = slash === -1 ? name : name.slice(0, slash);
  const command = slash === -1 ? packageName.split("/").at(-1) : name.slice(slash + 1);
  const folder = path.join(root, "node_modules", packageName);
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return path.join(folder, typeof bin === "string" ? bin : bin[command ?? ""]);
}
