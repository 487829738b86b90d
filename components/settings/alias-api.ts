import { callApi } from "@/lib/client/api";
import { inOrder } from "@/lib/client/in-order";
import type { AliasCreate, AliasPatch } from "@/lib/contracts/aliases";

const root = "/api/admin/aliases";

export function createAlias(body: AliasCreate): Promise<undefined> {
  return callApi("POST", root, { body });
}

/** One after the other: where an alias goes depends on where the others have gone before. */
export function patchAlias(id: string, body: AliasPatch): Promise<undefined> {
  return inOrder(root, () => callApi("PATCH", `${root}/${id}`, { body }));
}

export function deleteAlias(id: string): Promise<undefined> {
  return inOrder(root, () => callApi("DELETE", `${root}/${id}`));
}
