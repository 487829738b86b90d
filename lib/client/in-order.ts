const last = new Map<string, Promise<unknown>>();

/**
 * Runs the changes to one thing one after another, so that a rename and a deletion in quick
 * succession reach the server in the order in which they were made. A failure stops nothing.
 */
export function inOrder<Value>(key: string, run: () => Promise<Value>): Promise<Value> {
  const turn = (last.get(key) ?? Promise.resolve()).then(run, run);
  last.set(key, turn);
  const forget = () => {
    if (last.get(key) === turn) last.delete(key);
  };
  turn.then(forget, forget);
  return turn;
}
