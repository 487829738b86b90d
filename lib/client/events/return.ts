const listeners = new Set<() => void>();

/** Hears that the server is there again, or this page awake again. @returns what ends it. */
export function onReturn(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}

export function tellReturn(): void {
  for (const listener of [...listeners]) listener();
}
