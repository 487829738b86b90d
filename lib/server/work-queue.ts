import "server-only";
import { AppError } from "@/lib/domain/errors/app-error";

type Waiting = { weight: number; start: () => void };

/** Lets pieces of work begin in the order in which they came, a few and not too heavy at a time. */
export class WorkQueue {
  readonly #waiting: Waiting[] = [];
  #running = 0;
  #weight = 0;

  /** @param mostWeight of all that run at a time; one alone may weigh more. */
  constructor(
    private readonly mostRunning: number,
    private readonly mostWeight = Infinity,
    private readonly mostWaiting = Infinity,
  ) {}

  /** Runs a piece of work when its turn has come. @throws AppError `rate_limited` when too many wait. */
  async run<Result>(weight: number, work: () => Promise<Result>): Promise<Result> {
    if (this.#waiting.length >= this.mostWaiting)
      throw new AppError("rate_limited", { details: { retryAfterSeconds: 5 } });
    await new Promise<void>((start) => {
      this.#waiting.push({ weight, start });
      this.#next();
    });
    try {
      return await work();
    } finally {
      this.#running -= 1;
      this.#weight -= weight;
      this.#next();
    }
  }

  #next(): void {
    const [first] = this.#waiting;
    if (first === undefined || this.#running >= this.mostRunning) return;
    if (this.#running > 0 && this.#weight + first.weight > this.mostWeight) return;
    this.#waiting.shift();
    this.#running += 1;
    this.#weight += first.weight;
    first.start();
    this.#next();
  }
}
