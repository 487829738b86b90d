import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { findChannelToServe } from "../db/alert-channels";
import { claimForUser, findDue, noteDelivered, type ClaimedDelivery } from "../db/alert-deliveries";
import { sendOutAlerts } from "../db/alerts";
import { nudgeAlerts } from "./alert-nudge";
import { AlertRounds, startAlerts } from "./alert-rounds";
import { sendMessage } from "./send-message";

vi.mock("../db/alerts", () => ({ sendOutAlerts: vi.fn(), deleteOldAlerts: vi.fn() }));
vi.mock("../db/alert-deliveries", () => ({
  findDue: vi.fn(),
  giveUpLost: vi.fn(),
  claimForUser: vi.fn(),
  noteDelivered: vi.fn(),
}));
vi.mock("../db/alert-channels", () => ({ findChannelToServe: vi.fn() }));
vi.mock("./send-message", () => ({ sendMessage: vi.fn() }));
vi.mock("./write-message", () => ({ writeMessage: vi.fn() }));
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

const tenIds = Array.from({ length: 10 }, (_, at) => String(at));

/** Work that takes a second, and how much of it went on at once. */
function makeWork<Result>(result: (time: number) => Result) {
  const work = { times: 0, atOnce: 0, most: 0 };
  const run = async () => {
    work.times += 1;
    const { times } = work;
    work.most = Math.max(work.most, (work.atOnce += 1));
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    work.atOnce -= 1;
    return result(times);
  };
  return { work, run };
}

it("deliveries to many channels leave most of the database's connections to people", async () => {
  vi.mocked(sendOutAlerts).mockResolvedValue([]);
  vi.mocked(findDue).mockResolvedValueOnce({ channelIds: tenIds, userIds: [] });
  const { work, run } = makeWork(() => null);
  vi.mocked(findChannelToServe).mockImplementation(run);
  const rounds = new AlertRounds();
  await rounds.runRound();
  await vi.advanceTimersByTimeAsync(3_000);
  await rounds.settle();
  expect(work).toEqual({ times: 10, atOnce: 0, most: 4 });
});

it("a statement that hangs keeps no delivery from the database for ever", async () => {
  vi.mocked(sendOutAlerts).mockResolvedValue([]);
  vi.mocked(findDue).mockResolvedValueOnce({ channelIds: tenIds.slice(0, 5), userIds: [] });
  vi.mocked(findChannelToServe).mockReset();
  for (let time = 0; time < 4; time += 1)
    vi.mocked(findChannelToServe).mockReturnValueOnce(new Promise(() => undefined));
  vi.mocked(findChannelToServe).mockResolvedValueOnce(null);
  const rounds = new AlertRounds();
  await rounds.runRound();
  expect(findChannelToServe).toHaveBeenCalledTimes(4);
  await vi.advanceTimersByTimeAsync(25_000);
  await rounds.settle();
  expect(findChannelToServe).toHaveBeenCalledTimes(5);
});

it("members get their mails a few at a time", async () => {
  vi.mocked(sendOutAlerts).mockResolvedValue([]);
  vi.mocked(findDue).mockResolvedValueOnce({ channelIds: [], userIds: tenIds });
  const unsent = new Set(tenIds);
  const delivery = { id: "d", tries: 1, alert: { facts: {} } } as ClaimedDelivery;
  vi.mocked(claimForUser).mockImplementation((_, userId) =>
    Promise.resolve(
      unsent.delete(userId) ? { delivery, email: `${userId}@example.com`, locale: "en" } : null,
    ),
  );
  const { work, run } = makeWork(() => ({ isDelivered: true, httpStatus: null }) as const);
  vi.mocked(sendMessage).mockImplementation(run);
  const rounds = new AlertRounds();
  await rounds.runRound();
  await vi.advanceTimersByTimeAsync(3_000);
  await rounds.settle();
  expect(work).toEqual({ times: 10, atOnce: 0, most: 4 });
  expect(noteDelivered).toHaveBeenCalledTimes(10);
});
