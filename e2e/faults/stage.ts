import { setTimeout as sleep } from "node:timers/promises";
import { Agent, getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { ApiClient, type Credentials } from "../fixtures/api-client";
import { App } from "../fixtures/app";
import { makeSecrets } from "../fixtures/postgres-app";
import type { PrivatePostgres } from "../fixtures/private-postgres";
import { readProcessFigures } from "../fixtures/process-figures";
import { createTestDatabase, type TestDatabase } from "../fixtures/test-database";
import { writeAuthority } from "./authority";
import { readEmbeddedRows } from "./embedded-rows";
import { judge, type Evidence, type Violation } from "./invariants";
import { readRows, type Rows } from "./rows";

export const serverUrl = process.env["TEST_DATABASE_URL"] ?? "";

export type StageOptions = {
  env?: Record<string, string>;
  /** Without the PostgreSQL of TEST_DATABASE_URL, even where there is one. */
  isEmbedded?: boolean;
  /** In place of it; ends with the stage. */
  postgres?: PrivatePostgres;
};

// Providers of some faults lie elsewhere: at other ports, under names that nobody has.
const providerHosts = "127.0.0.1,localhost,wrong-name.invalid,nowhere.invalid";
const settleMs = 20_000;
/** So many talks may fail at a time without a model's rest being the reason. */
const talkModels = Array.from({ length: 40 }, (_, index) => `plain~${String(index + 1)}`);
const pollMs = 50;

/** A server to break, with its database, its provider and two people who do not know each other. */
export class Stage {
  readonly app: App;
  /** Null where the server keeps its own, embedded one. */
  readonly database: TestDatabase | null;
  member: ApiClient;
  stranger: ApiClient;
  readonly #postgres: PrivatePostgres | null;
  #files: number | null = null;
  #talks = 0;

  private constructor(app: App, database: TestDatabase | null, postgres: PrivatePostgres | null) {
    this.app = app;
    this.#postgres = postgres;
    this.database = database;
    this.member = new ApiClient(app.url);
    this.stranger = new ApiClient(app.url);
  }

  static async start(options: StageOptions = {}): Promise<Stage> {
    const { env = {}, isEmbedded = false, postgres = null } = options;
    const url = postgres?.url ?? serverUrl;
    const database = isEmbedded || url === "" ? null : await createTestDatabase(url);
    const app = await App.start({
      env: {
        SIGNUP: "open",
        PROVIDER_HOSTS: providerHosts,
        NODE_EXTRA_CA_CERTS: writeAuthority(),
        ...(database === null ? {} : { DATABASE_URL: database.url, ...makeSecrets() }),
        ...env,
      },
    });
    await app.connect();
    await app.addProvider({ name: "Talks", baseUrl: app.provider.url, models: talkModels });
    const stage = new Stage(app, database, postgres);
    stage.member = (await stage.welcome("member")).api;
    stage.stranger = (await stage.welcome("stranger")).api;
    return stage;
  }

  /** Whom the next talk is with: what fails in one is not held against the model of another. */
  nextModel(): string {
    this.#talks += 1;
    return talkModels[this.#talks % talkModels.length] ?? "plain";
  }

  /** Another instance of the same build, on the same database and with the same secrets. */
  startSecond(): Promise<App> {
    const { PORT: _port, DATA_DIR: _dataDir, ...env } = this.app.env;
    return App.start({ env });
  }

  /** The database, for what can only be tried on a real one. @throws on an embedded one. */
  get postgres(): TestDatabase {
    if (this.database === null) throw new Error("This needs the PostgreSQL of TEST_DATABASE_URL.");
    return this.database;
  }

  /** The PostgreSQL that the stage may kill. @throws where it was not given one. */
  get privatePostgres(): PrivatePostgres {
    if (this.#postgres === null) throw new Error("This stage has no PostgreSQL of its own.");
    return this.#postgres;
  }

  /** Notes how many files the server has open, to compare with at the end. */
  async takeBaseline(): Promise<void> {
    await sleep(0);
    this.#files = this.#countFiles();
  }

  /**
   * What the server still holds open beyond what it began with and its pools may keep, when idle
   * connections have had their time. Those of this process, of which fifty turns at once leave as
   * many, are closed: the server keeps them for over a minute.
   */
  async waitForLeak(allowed: number): Promise<string | null> {
    const own = getGlobalDispatcher();
    setGlobalDispatcher(new Agent());
    await own.destroy();
    const deadline = performance.now() + settleMs;
    for (;;) {
      const now = this.#countFiles();
      if (this.#files === null || now === null || now <= this.#files + allowed) return null;
      if (performance.now() > deadline)
        return `${String(this.#files)} open files before, ${String(now)} after`;
      await sleep(pollMs);
    }
  }

  /** Judges conversations, as soon as nothing of them is live any more. */
  async findViolations(evidence: readonly Evidence[]): Promise<Violation[]> {
    if (this.database === null) return [];
    const ids = evidence.map(({ conversationId }) => conversationId);
    const deadline = performance.now() + settleMs;
    for (;;) {
      const rows = await readRows(this.database.query, ids);
      if (isAtRest(rows) || performance.now() > deadline)
        return evidence.flatMap((one) => judge(one, rows));
      await sleep(pollMs);
    }
  }

  /** What the embedded database holds; only once the server that held it has ended. */
  async judgeEmbedded(evidence: readonly Evidence[]): Promise<Violation[]> {
    const ids = evidence.map(({ conversationId }) => conversationId);
    const rows = await readEmbeddedRows(this.app.dataDir, ids);
    return evidence.flatMap((one) => judge(one, rows));
  }

  /** Connections that sit in an open transaction: none may, while an answer streams. */
  async countOpenTransactions(): Promise<number> {
    const { rows } = await this.postgres.query(
      `SELECT 1 FROM pg_stat_activity WHERE datname = $1 AND application_name = 'parley'
         AND state LIKE 'idle in transaction%' AND state_change < now() - interval '1 second'`,
      [this.postgres.name],
    );
    return rows.length;
  }

  /** Ends every connection of the server, as a restart of the database does. */
  async killConnections(): Promise<void> {
    await this.postgres.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = $1 AND application_name = 'parley'`,
      [this.postgres.name],
    );
  }

  async stop(): Promise<void> {
    await this.app.stop();
    await this.database?.drop();
    await this.#postgres?.stop();
  }

  /** Somebody new, signed in. */
  async welcome(name: string): Promise<{ api: ApiClient; account: Credentials }> {
    const api = new ApiClient(this.app.url);
    const account = { email: `${name}@example.com`, password: "a long password" };
    await api.register({ name, ...account });
    await api.signIn(account);
    return { api, account };
  }

  #countFiles(): number | null {
    const { pid } = this.app.process;
    return pid === undefined ? null : (readProcessFigures(pid)?.files ?? null);
  }
}

function isAtRest({ conversations, messages, generations, holds }: Rows): boolean {
  return (
    conversations.every(({ liveMessageIds }) => liveMessageIds.length === 0) &&
    messages.every(({ status }) => status !== "streaming") &&
    generations.every(({ status }) => status !== "streaming") &&
    holds.length === 0
  );
}
