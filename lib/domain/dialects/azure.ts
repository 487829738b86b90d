import type { Dialect, Endpoint } from "./dialect-form";
import { openai } from "./openai";

/** Versions that follow the newest form, without a date: the address then is like OpenAI's own. */
const datelessVersions = new Set(["v1", "preview"]);

/**
 * Azure OpenAI: OpenAI's models under an address of one's own, a deployment for each, the key in a
 * header of its own, and filters whose findings come with every answer.
 *
 * @see https://learn.microsoft.com/azure/ai-foundry/openai/reference
 */
export const azure: Dialect = {
  ...openai,
  kind: "azure",
  makeChatUrl: ({ baseUrl, apiVersion, modelName }) => {
    const root = findRoot(baseUrl);
    const query = writeQuery(apiVersion);
    return isDateless(apiVersion)
      ? `${root}/openai/v1/chat/completions${query}`
      : `${root}/openai/deployments/${encodeURIComponent(modelName)}/chat/completions${query}`;
  },
  // The list is of the models that could be deployed, not of the deployments that there are.
  makeModelsUrl: () => null,
  makeHeaders: (key): Record<string, string> => (key === null ? {} : { "api-key": key }),
};

/** The resource's endpoint, also where people paste the whole address of a deployment. */
function findRoot(baseUrl: string): string {
  return baseUrl.replace(/\/openai(?:\/.*)?$/i, "");
}

const isDateless = (apiVersion: Endpoint["apiVersion"]) =>
  apiVersion === null || datelessVersions.has(apiVersion);

/** `v1` is what an address without a version means. */
const writeQuery = (apiVersion: Endpoint["apiVersion"]) =>
  apiVersion === null || apiVersion === "v1"
    ? ""
    : `?api-version=${encodeURIComponent(apiVersion)}`;
