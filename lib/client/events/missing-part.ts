/**
 * Whether an error says that a piece of this page's code could not be loaded: the network is away,
 * or a new version took the old files off the server.
 */
export function isMissingPart(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  return (
    error.name === "ChunkLoadError" ||
    /load(?:ing)? (?:css )?chunk|dynamically imported module|importing a module script/i.test(
      error.message,
    )
  );
}
