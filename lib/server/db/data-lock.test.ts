import { mkdtempSync, rmSync, utimesSync, writeFileSync, existsSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DataDirInUseError, lockDataDir } from "./data-lock";

let directory: string;

beforeEach(() => {
  directory = mkdtempSync(path.join(os.tmpdir(), "parley-lock-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true });
});

const leaveLock = (holder: object) => {
  writeFileSync(path.join(directory, "lock"), JSON.stringify(holder));
};

describe("lockDataDir", () => {
  it("refuses a second holder with a sentence, and lets one in after the first is done", () => {
    const release = lockDataDir(directory);
    expect(() => lockDataDir(directory)).toThrow(DataDirInUseError);
    expect(() => lockDataDir(directory)).toThrow(/in use by another Parley process/);
    release();
    expect(existsSync(path.join(directory, "lock"))).toBe(false);
    lockDataDir(directory)();
  });

  it("takes over at once from a process that was killed", () => {
    leaveLock({ pid: 2 ** 22 - 1, host: os.hostname(), started: "1" });
    lockDataDir(directory)();
  });

  it("takes over when the pid belongs to another process by now", () => {
    leaveLock({ pid: process.pid, host: os.hostname(), started: "another time" });
    lockDataDir(directory)();
  });

  it("takes over from a lock that was cut while it was written", () => {
    writeFileSync(path.join(directory, "lock"), "");
    lockDataDir(directory)();
  });

  it("believes another host only while it gives signs of life", () => {
    leaveLock({ pid: 1, host: "another-host", started: "1" });
    expect(() => lockDataDir(directory)).toThrow(DataDirInUseError);
    const aMinuteAgo = new Date(Date.now() - 60_000);
    utimesSync(path.join(directory, "lock"), aMinuteAgo, aMinuteAgo);
    lockDataDir(directory)();
  });
});
