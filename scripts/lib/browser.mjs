import { existsSync } from "node:fs";
import path from "node:path";
import { spawnSync } from "node:child_process";
import { chromium } from "@playwright/test";
import { runBin, runCommand } from "./run.mjs";

const commands = [
  "chromium",
  "chromium-browser",
  "google-chrome",
  "google-chrome-stable",
  "microsoft-edge",
];

const files = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe",
];

/** There is no browser, and none could be had. `message` is a sentence that says what to do. */
export class NoBrowserError extends Error {
  name = "NoBrowserError";
}

/**
 * Finds a browser for the end-to-end tests, getting one where there is none: CHROME_PATH, an
 * installed Chrome or Chromium, Playwright's own download, the system's package.
 *
 * @returns {Promise<string>} its path; empty for Playwright's own.
 * @throws {NoBrowserError}
 */
export async function findBrowser() {
  const chosen = process.env.CHROME_PATH;
  if (chosen) {
    if (works(chosen)) return chosen;
    throw new NoBrowserError(`CHROME_PATH: ${chosen} is not a browser that starts.`);
  }
  return (
    findInstalled() ??
    (hasPlaywrightBrowser() ? "" : undefined) ??
    (await downloadFromPlaywright()) ??
    (await installFromDebian()) ??
    failToFind()
  );
}

function findInstalled() {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  const candidates = commands.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...candidates, ...files].find((file) => existsSync(file) && works(file));
}

/**
 * Whether a browser starts: a download without the system's libraries doesn't.
 *
 * @param {string} file
 */
function works(file) {
  // On Windows `--version` would open a window.
  if (process.platform === "win32") return existsSync(file);
  return spawnSync(file, ["--version"], { stdio: "ignore", timeout: 20_000 }).status === 0;
}

function hasPlaywrightBrowser() {
  return existsSync(chromium.executablePath()) && works(chromium.executablePath());
}

async function downloadFromPlaywright() {
  process.stdout.write("No Chrome or Chromium here: downloading Playwright's own.\n");
  await runBin("@playwright/test/playwright", ["install", "chromium"]);
  return hasPlaywrightBrowser() ? "" : undefined;
}

async function installFromDebian() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  process.stdout.write("Installing the system's package chromium.\n");
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  await runCommand("apt-get", ["update", "-qq"], { env });
  await runCommand("apt-get", ["install", "-y", "-qq", "chromium"], { env });
  return findInstalled();
}

/** @returns {never} */
function failToFind() {
  throw new NoBrowserError(
    "There is no browser for the end-to-end tests: install Chrome or Chromium, or set CHROME_PATH " +
      "to one that is somewhere else.",
  );
}
