import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { findBrowser } from "./browser.mjs";
import { buildIfNeeded } from "./build.mjs";
import { summarizeFaults } from "./faults.mjs";
import { runBin } from "./run.mjs";

/**
 * What an end-to-end test needs: a browser and a build.
 *
 * @returns {Promise<{ browser: string } | string>} or a sentence that says why there is none.
 */
export async function prepareApplication() {
  let browser;
  try {
    browser = await findBrowser();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return (await buildIfNeeded()) === 0 ? { browser } : "The build failed; nothing could be tried.";
}

/**
 * Runs the fault suite.
 *
 * @param {{ seeds: string, from?: string, only?: string, workers?: string, browser: string }} options
 * @returns the exit code, Playwright's report and the checker's figures; the latter two are null
 *   where there is no report.
 */
export async function runFaults({ seeds, from = "1", only = "", workers = "3", browser }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), "parley-faults-"));
  const file = path.join(folder, "report.json");
  const args = ["test", "-c", "playwright.faults.config.ts", "--reporter=list,json"];
  try {
    const code = await runBin(
      "@playwright/test/playwright",
      only === "" ? args : [...args, "-g", only],
      {
        env: {
          PARLEY_BROWSER: browser,
          PARLEY_FAULT_SEEDS: seeds,
          PARLEY_FAULT_SEED_START: from,
          PARLEY_FAULT_WORKERS: workers,
          PLAYWRIGHT_JSON_OUTPUT_FILE: file,
        },
      },
    );
    if (!existsSync(file)) return { code, report: null, figures: null };
    const report = JSON.parse(readFileSync(file, "utf8"));
    return { code, report, figures: summarizeFaults(report) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
