// npm run bench: the reference load against the production build, beside the floor of the same run.
import { build, hasBuild } from "../lib/build.mjs";
import { prepareBench, type Bench } from "./bench";
import { readOptions, type Options } from "./options";
import { servePipe } from "./pipe";
import { describeMachine } from "./report";
import { measurements } from "./rows/all";
import { formatTable, type Line } from "./table";
import { serveUpstream } from "./upstream";

const [role, ...rest] = process.argv.slice(2);
if (role === "upstream") serveUpstream();
else if (role === "pipe") servePipe(Number(rest[0]));
else process.exit(await runBench(process.argv.slice(2)));

async function runBench(argv: string[]): Promise<number> {
  const options = readOptions(argv);
  if (!hasBuild()) {
    const code = await build();
    if (code !== 0) return code;
  }
  say("Starting the server, the upstream and the floors …");
  const { ready, end } = prepareBench(options);
  let ending: Promise<void> | null = null;
  const endOnce = () => (ending ??= end());
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Not `once`: npm and the terminal both pass Ctrl+C on, and the second must not cut this short.
    process.on(signal, () => {
      if (ending === null) say("\nStopping …");
      void endOnce().finally(() => process.exit(130));
    });
  }
  try {
    const bench = await ready;
    const lines = await measureAll(bench, options);
    print(`\n${describeMachine(bench.database)}\n`);
    print(formatTable(lines));
    print(explanation(options));
    return 0;
  } finally {
    await endOnce();
  }
}

async function measureAll(bench: Bench, { rows }: Options): Promise<Line[]> {
  const lines: Line[] = [];
  for (const { name, rows: filled, measure } of measurements) {
    if (rows !== null && !filled.some((row) => rows.has(row))) continue;
    const startedAt = performance.now();
    process.stderr.write(`  ${name} … `);
    lines.push(...(await measure(bench)));
    say(`${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  }
  return lines.sort((a, b) => a.row - b.row);
}

function explanation({ isQuick }: Options): string {
  return (
    "\nDirect is the same load straight against the scripted provider, pipe the same through a " +
    "server that\nonly hands on: the floor. Compare ratios of one machine and one Node version, " +
    `never figures of two.${isQuick ? "\nA quick run: too short to compare anything." : ""}\n`
  );
}

/** Progress, apart from the table, which alone goes to standard output. */
function say(text: string): void {
  process.stderr.write(`${text}\n`);
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}
