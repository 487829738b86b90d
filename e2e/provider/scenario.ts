import type { Answer } from "./answer";
import type { ChatRequest } from "./chat-request";

/** What a scenario is given: one call of a model. */
export type Call = {
  request: ChatRequest;
  userText: string;
  answer: Answer;
  /** How often this model, or this script, was asked since the last reset, this call included. */
  attempt: number;
  /** Whether nobody reads the answer any more. */
  isClosed: () => boolean;
  /** Waits; ends early, without an error, when the connection closes. */
  wait: (ms: number) => Promise<void>;
  /** Waits until the connection closes. */
  waitForClose: () => Promise<void>;
  /** Waits for one `release()` of the server's owner, or until the connection closes. */
  waitForRelease: () => Promise<void>;
};

export type Scenario = (call: Call) => Promise<void> | void;
