import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { findDue } from "../db/alert-deliveries";
import { sendOutAlerts } from "../db/alerts";
import { nudgeAlerts } from "./alert-nudge";
import { startAlerts } from "./alert-rounds";

vi.mock("../db/alerts", () => ({ sendOutAlerts: vi.fn(), deleteOldAlerts: vi.fn() }));
vi.mock("../db/alert-deliveries", () => ({ findDue: vi.fn(), giveUpLost: vi.fn() }));
vi.mock("../db/settings", () => ({ getInstanceSettings: () => Promise.resolve({}) }));
vi.mock("../db/unusual-use", () => ({ tellUnusualUse: () => Promise.resolve() }));
vi.mock("../mail/send-mail", () => ({ canMail: () => false }));

beforeEach(() => {
  vi.useFakeTimers();
  vi.mocked(findDue).mockResolvedValue({ channelIds: [], userIds: [] });
});

afterEach(() => {
  vi.useRealTimers();
});

it("nudges while alerts go out on a slow database make one more time, after it", async () => {
  let atOnce = 0;
  let most = 0;
  vi.mocked(sendOutAlerts).mockImplementation(async () => {
    most = Math.max(most, (atOnce += 1));
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    atOnce -= 1;
    return [];
  });
  const stop = startAlerts();
  for (let time = 0; time < 5; time += 1) {
    nudgeAlerts();
    await vi.advanceTimersByTimeAsync(300);
  }
  expect(sendOutAlerts).toHaveBeenCalledTimes(1);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(sendOutAlerts).toHaveBeenCalledTimes(2);
  await vi.advanceTimersByTimeAsync(20_000);
  expect(most).toBe(1);
  const ending = stop();
  await vi.runAllTimersAsync();
  await ending;
});
