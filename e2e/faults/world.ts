import { randomBytes } from "node:crypto";
import type { ProviderCallSettings } from "@/lib/contracts/providers";
import type { App } from "../fixtures/app";
import type { Evidence, Violation } from "./invariants";
import type { Random } from "./random";
import { readRows } from "./rows";
import type { Stage } from "./stage";
import { Talk } from "./talk";

/** How many of a fault's conversations are talked on in; a fault may have hundreds. */
const nextTurns = 12;

/** What one fault is tried in: a stage, its seeded random, and the talks that it touches. */
export class World {
  readonly stage: Stage;
  readonly random: Random;
  readonly talks: Talk[] = [];
  readonly #pid: number | undefined;
  #isRestarted = false;
  readonly #cleanups: (() => Promise<void> | void)[] = [];

  constructor(stage: Stage, random: Random) {
    this.stage = stage;
    this.random = random;
    this.#pid = stage.app.process.pid;
  }

  get app(): App {
    return this.stage.app;
  }

  get provider() {
    return this.stage.app.provider;
  }

  talk(model = this.stage.nextModel()): Talk {
    return this.add(new Talk(this.app, this.stage.member, model));
  }

  add<Some extends Talk>(talk: Some): Some {
    this.talks.push(talk);
    return talk;
  }

  /** Changes settings of the instance until the fault is over; those it does not know are left. */
  async changeSettings(patch: Record<string, unknown>): Promise<void> {
    const { admin } = this.app;
    const before = await admin.read<Record<string, unknown>>("/api/admin/settings");
    const known = Object.keys(patch).filter((name) => name in before);
    this.onEnd(() => admin.send("PATCH", "/api/admin/settings", pick(before, known)));
    await admin.send("PATCH", "/api/admin/settings", pick(patch, known));
  }

  /**
   * Connects one more provider, with limits of its own.
   * @returns its name, which is also that of its only model.
   */
  async addProvider(baseUrl: string, callSettings: ProviderCallSettings = {}): Promise<string> {
    const name = `elsewhere-${randomBytes(4).toString("hex")}`;
    const id = await this.app.addProvider({ name, baseUrl, models: [name] });
    if (Object.keys(callSettings).length > 0)
      await this.app.admin.send("PATCH", `/api/admin/providers/${id}`, { callSettings });
    return name;
  }

  /** How many tries are booked for a talk; 1 where only an embedded database knows. */
  async countAttempts(talk: Talk): Promise<number> {
    const { database } = this.stage;
    if (database === null) return 1;
    return (await readRows(database.query, [talk.id])).attempts.length;
  }

  /** The status of an answer to nobody in particular; null while nothing listens. */
  statusOf(path: string): Promise<number | null> {
    return fetch(this.app.url + path).then(
      async (response) => {
        await response.body?.cancel();
        return response.status;
      },
      () => null,
    );
  }

  /** Says that the fault itself ends the process. */
  expectRestart(): void {
    this.#isRestarted = true;
  }

  /** Runs after the fault and before the checks, whatever happened; the last one first. */
  onEnd(cleanup: () => Promise<void> | void): void {
    this.#cleanups.unshift(cleanup);
  }

  /** Ends whatever is still being written. */
  async stopAll(): Promise<void> {
    await Promise.allSettled(this.talks.map((talk) => talk.stop()));
  }

  async cleanUp(): Promise<void> {
    for (const talk of this.talks) await talk.adopt(this.stage.database?.query ?? null);
    for (const cleanup of this.#cleanups.splice(0)) await cleanup();
  }

  evidence(): Evidence[] {
    return this.talks.map((talk) => talk.evidence());
  }

  /** Everything that must hold once the fault is over. */
  async findViolations(): Promise<Violation[]> {
    const after = await Promise.all(this.talks.slice(0, nextTurns).map(checkNext));
    return [
      ...after.flat(),
      ...(await this.stage.findViolations(this.evidence())),
      ...(await this.#checkStranger()),
      ...this.#checkProcess(),
      ...this.#checkWords(),
    ];
  }

  /** I10: to somebody else none of it exists. */
  async #checkStranger(): Promise<Violation[]> {
    const found: Violation[] = [];
    const [talk] = this.talks;
    if (talk === undefined) return found;
    const { stranger } = this.stage;
    const [answerId] = talk.readers.flatMap(({ messageId }) => messageId ?? []);
    const paths: [method: string, path: string, body?: unknown][] = [
      ["GET", `/api/conversations/${talk.id}`],
      ["GET", `/api/conversations/${talk.id}/messages`],
      ["GET", `/api/chat/${talk.id}/stream`],
      ["POST", `/api/chat/${talk.id}/stop`],
    ];
    if (answerId !== undefined)
      paths.push(["PATCH", `/api/messages/${answerId}`, { isChosen: true }]);
    for (const [method, path, body] of paths) {
      const response = await stranger.request(method, path, body);
      const text = await response.text();
      if ([404, 405, 204].includes(response.status) && !text.includes(talk.marker)) continue;
      found.push({
        invariant: "I10",
        kind: "other",
        what: `${method} ${path} answers ${String(response.status)} to a stranger ${text.slice(0, 200)}`,
      });
    }
    return found;
  }

  /** I9: the same process, and nothing that it did not expect. */
  #checkProcess(): Violation[] {
    const { pid, output, exit } = this.app.process;
    const found: string[] = [];
    if (!this.#isRestarted && pid !== this.#pid) found.push("the process is another one");
    if (exit !== null) found.push("the process has ended");
    const shout = /unhandledRejection|uncaughtException|Unhandled promise|ERR_UNHANDLED/.exec(
      output,
    );
    if (shout !== null) found.push(`the log has ${output.slice(shout.index, shout.index + 300)}`);
    return found.map((what) => ({ invariant: "I9", kind: "other", what }));
  }

  /** I11: no key and no word of a message in the log; I7: no key and no host in a stream. */
  #checkWords(): Violation[] {
    const { output } = this.app.process;
    const secrets = ["sk-test", ...this.talks.map(({ marker }) => marker)];
    const logged = secrets.filter((secret) => output.includes(secret));
    const host = new URL(this.provider.url).host;
    const shown = this.talks
      .flatMap(({ readers }) => readers)
      .filter(({ raw }) => raw.includes("sk-test") || raw.includes(host) || /<html/i.test(raw));
    return [
      ...logged.map((secret): Violation => {
        const what = secret === "sk-test" ? "a key is in the log" : "a message is in the log";
        return { invariant: "I11", kind: "other", what };
      }),
      ...shown.map((): Violation => {
        return { invariant: "I7", kind: "other", what: "a key, a host or a page is in a stream" };
      }),
    ];
  }
}

/** I8: without the fault the same conversation goes on. */
async function checkNext(talk: Talk): Promise<Violation[]> {
  if (!talk.goesOn) return [];
  const wrong = await talk.checkNextTurn().catch((error: unknown) => String(error));
  return wrong === null ? [] : [{ invariant: "I8", kind: "other", what: wrong }];
}

function pick(from: Record<string, unknown>, names: string[]): Record<string, unknown> {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}
