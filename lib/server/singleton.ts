import "server-only";

type Store = Map<string, unknown>;

const storeKey = Symbol.for("parley.singletons");

/**
 * Returns the one value of that name in this process, creating it on first use.
 *
 * Next bundles routes, pages and instrumentation apart, so a module-level variable can exist
 * several times in one process. What must exist once (the database, live generations) lives here.
 */
export function singleton<Value>(name: string, create: () => Value): Value {
  const holder = globalThis as { [storeKey]?: Store };
  const store = (holder[storeKey] ??= new Map());
  if (!store.has(name)) store.set(name, create());
  return store.get(name) as Value;
}
