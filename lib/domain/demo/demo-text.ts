/** What the demo model says, in one language. */
export type DemoText = {
  /** Shown one after the other; each begins with a heading of its own. */
  tours: readonly [string, ...string[]];
  help: string;
  countedTo: (last: number, asked: number) => string;
};
