/** One call of `/v1/chat/completions`, as it was received. */
export type ReceivedRequest = {
  id: string;
  model: string;
  body: unknown;
  /** Since the server started. */
  startedMs: number;
  /** Whether the client closed the connection before the answer was complete, and when. */
  isClosedByClient: boolean;
  closedMs: number | null;
};
