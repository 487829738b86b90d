/** The machine's monotonic clock in microseconds: every process of a machine reads the same one. */
export function nowMicros(): number {
  return Number(process.hrtime.bigint() / 1000n);
}

/** A token that says when it was handed to the socket. */
export function makeStamp(atMicros: number): string {
  return `~${atMicros.toString(36)}~ `;
}

const stampPattern = /~([0-9a-z]{5,12})~/g;
const longestStamp = 16;

/** Finds stamps in a stream, whatever protocol it speaks and wherever it is cut into pieces. */
export class StampReader {
  private rest = "";

  /** The times, in microseconds, of the stamps that this piece completes. */
  take(piece: string): number[] {
    const text = this.rest + piece;
    const times: number[] = [];
    let end = 0;
    for (const match of text.matchAll(stampPattern)) {
      times.push(parseInt(match[1] ?? "", 36));
      end = match.index + match[0].length;
    }
    this.rest = text.slice(Math.max(end, text.length - longestStamp));
    return times;
  }
}
