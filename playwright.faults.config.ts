import { defineConfig } from "@playwright/test";
import shared from "./playwright.config";

/** The fault suite (npm run test:faults): every fault with each seed, in a world of its own. */
export default defineConfig({
  ...shared,
  testDir: "e2e/faults",
  testMatch: "*.fault.ts",
  outputDir: "test-results/faults",
  fullyParallel: true,
  workers: Number(process.env["PARLEY_FAULT_WORKERS"] ?? 3),
});
