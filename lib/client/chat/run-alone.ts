/** Runs one at a time among all tabs of this browser, in the order of asking. */
export async function runAlone(name: string, run: () => Promise<void>): Promise<void> {
  // Pages that came over plain HTTP have no locks. There the server alone sees to it that a
  // message with a known id is taken once.
  const locks = "locks" in navigator ? (navigator.locks as LockManager | undefined) : undefined;
  if (locks === undefined) await run();
  else await locks.request(name, run);
}
