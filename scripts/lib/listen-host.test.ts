import os from "node:os";
import { afterEach, expect, it, vi } from "vitest";
import { listenHost } from "./listen-host.mjs";

afterEach(() => {
  vi.unstubAllEnvs();
});

it("listens where HOSTNAME says", () => {
  vi.stubEnv("HOSTNAME", "127.0.0.1");
  expect(listenHost()).toBe("127.0.0.1");
});

it("listens everywhere without HOSTNAME", () => {
  vi.stubEnv("HOSTNAME", "");
  expect(listenHost()).toBeUndefined();
});

it("does not take the machine's own name, which shells and containers set, for a decision", () => {
  vi.stubEnv("HOSTNAME", os.hostname());
  expect(listenHost()).toBeUndefined();
});
