import { findDialect } from "../dialects/dialect";
import type { Endpoint } from "../dialects/dialect-form";
import type { ProviderKind } from "@/lib/contracts/providers";

export type ListPlace = {
  url: string;
  /** Whether what is listed can be called by its name. */
  isCallable: boolean;
};

/**
 * Where a provider lists models; null where there is nothing to ask for. Azure's list is of what
 * could be deployed: it says nothing of the deployments, but whether the key is right.
 */
export function findListPlace({
  kind,
  baseUrl,
  apiVersion,
}: Omit<Endpoint, "modelName"> & { kind: ProviderKind }): ListPlace | null {
  const dialect = findDialect(kind);
  const url = dialect.makeModelsUrl({ baseUrl, apiVersion });
  if (url !== null) return { url, isCallable: true };
  if (kind !== "azure") return null;
  const chatUrl = dialect.makeChatUrl({ baseUrl, apiVersion, modelName: "x" });
  return {
    url: chatUrl.replace(/\/(?:deployments\/x\/)?chat\/completions/, "/models"),
    isCallable: false,
  };
}
