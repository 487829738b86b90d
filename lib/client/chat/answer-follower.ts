import { applyChunks, type LiveAnswer } from "./answer-reducer";
import { createPainter } from "./painter";
import { readAnswerChunks } from "./stream-reader";

type Followed = { answer: LiveAnswer | null; isFinished: boolean };

type Listeners = {
  onStart: (answer: LiveAnswer) => void;
  /** Called at most twenty times a second. */
  onPaint: (answer: LiveAnswer) => void;
};

/**
 * Follows an answer's stream to its end. A stream that breaks off does not throw: `isFinished`
 * tells whether the answer's end was in it.
 */
export async function followStream(
  stream: ReadableStream<Uint8Array>,
  { onStart, onPaint }: Listeners,
): Promise<Followed> {
  let answer: LiveAnswer | null = null;
  const paint = () => {
    if (answer !== null) onPaint(answer);
  };
  const painter = createPainter(paint);
  const chunks = readAnswerChunks(stream);
  try {
    for (;;) {
      const next = await chunks.next();
      if (next.done === true) break;
      const before: LiveAnswer | null = answer;
      answer = applyChunks(before, next.value, new Date());
      if (before === null && answer !== null) onStart(answer);
      painter.request();
    }
  } catch {
    // The connection broke; what came is kept, and the caller connects again.
  }
  painter.finish();
  return { answer, isFinished: answer?.isFinished === true };
}
