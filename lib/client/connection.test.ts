import { beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, callApi } from "./api";
import { changeConnection, connectionStore, onUnreachable, startWithBuild } from "./connection";

function answerWith(status: number, body: unknown, build = "one") {
  vi.stubGlobal("fetch", () =>
    Promise.resolve(
      Response.json(body, { status, headers: build === "" ? {} : { "x-parley-build": build } }),
    ),
  );
}

const errorOf = (code: string) => ({ error: { code, message: code } });
const call = (path = "/api/conversations") => callApi("GET", path).catch((error: unknown) => error);

beforeEach(() => {
  vi.unstubAllGlobals();
  startWithBuild("one");
  changeConnection({
    isOffline: false,
    isSignedOut: false,
    isSomebodyElse: false,
    isOutdated: false,
  });
});

describe("what a page learns from its calls", () => {
  it("is that another build answers now, also while the old one still does at times", async () => {
    vi.useFakeTimers();
    answerWith(200, {}, "two");
    await call();
    expect(connectionStore.get().isOutdated).toBe(true);
    answerWith(200, {}, "one");
    await call();
    expect(connectionStore.get().isOutdated).toBe(true);
    vi.advanceTimersByTime(61_000);
    await call();
    expect(connectionStore.get().isOutdated).toBe(false);
    vi.useRealTimers();
  });

  it("is that the session has ended, whatever was called, and that there is one again", async () => {
    answerWith(401, errorOf("unauthorized"));
    await call();
    expect(connectionStore.get().isSignedOut).toBe(true);
    answerWith(200, {});
    await call("/api/auth/csrf");
    expect(connectionStore.get().isSignedOut).toBe(true);
    await call();
    expect(connectionStore.get().isSignedOut).toBe(false);
  });

  it("is not that one is signed out, when only the password was wrong", async () => {
    answerWith(401, errorOf("sign_in_failed"));
    await call("/api/auth/callback/credentials");
    expect(connectionStore.get().isSignedOut).toBe(false);
  });

  it("is a doubt when the server is not reached, also when a proxy says so", async () => {
    const doubt = vi.fn();
    const stop = onUnreachable(doubt);
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("Failed to fetch")));
    expect(await call()).toBeInstanceOf(ApiError);
    answerWith(502, "<h1>Bad gateway</h1>", "");
    await call();
    expect(doubt).toHaveBeenCalledTimes(2);
    stop();
    await call();
    expect(doubt).toHaveBeenCalledTimes(2);
  });

  it("is that it is online, as soon as Parley answers, be it with an error", async () => {
    changeConnection({ isOffline: true });
    answerWith(502, "<h1>Bad gateway</h1>", "");
    await call();
    expect(connectionStore.get().isOffline).toBe(true);
    answerWith(503, errorOf("starting"));
    await call();
    expect(connectionStore.get().isOffline).toBe(false);
  });
});
