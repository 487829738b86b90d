import type { Successor, SummaryAnswer } from "@/lib/contracts/context";
import { callApi } from "../api";
import { inOrder } from "../in-order";
import { shape } from "../shape";

/** One change of a conversation's summary. */
export type SummaryChange = { text: string } | { isOff: boolean } | { restoreId: string };

/** The server, as the summary of a conversation needs it. */
export type SummaryApi = {
  /** @throws ApiError */
  read: (conversationId: string) => Promise<SummaryAnswer>;
  /** @throws ApiError */
  change: (conversationId: string, change: SummaryChange) => Promise<SummaryAnswer>;
  /** Makes it anew, by this alias or by the one that makes summaries here. @throws ApiError */
  make: (conversationId: string, modelId: string | null) => Promise<SummaryAnswer>;
};

const answerShape = shape<SummaryAnswer>({ isOff: "yes or no", isRunning: "yes or no" });
const successorShape = shape<Successor>({ id: "string" });

const conversationPath = (id: string) => `/api/conversations/${encodeURIComponent(id)}`;
const summaryPath = (id: string) => `${conversationPath(id)}/summary`;

export const summaryApi: SummaryApi = {
  read: (id) => callApi("GET", summaryPath(id), { schema: answerShape }),

  change: (id, change) =>
    inOrder(summaryPath(id), () =>
      callApi("PATCH", summaryPath(id), { body: change, schema: answerShape }),
    ),

  make: (id, modelId) =>
    callApi("POST", summaryPath(id), {
      body: modelId === null ? {} : { model: modelId },
      schema: answerShape,
    }),
};

/**
 * Makes a conversation that begins with the summary of this one's active branch.
 * @returns its id. @throws ApiError
 */
export async function makeSuccessor(conversationId: string): Promise<string> {
  const path = `${conversationPath(conversationId)}/successor`;
  const { id } = await callApi("POST", path, { body: {}, schema: successorShape });
  return id;
}
