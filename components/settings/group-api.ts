import { callApi } from "@/lib/client/api";
import {
  groupsSchema,
  type Group,
  type GroupCreate,
  type GroupPatch,
} from "@/lib/contracts/groups";

const root = "/api/admin/groups";

export async function readGroups(): Promise<Group[]> {
  return (await callApi("GET", root, { schema: groupsSchema })).groups;
}

export function createGroup(body: GroupCreate): Promise<undefined> {
  return callApi("POST", root, { body });
}

export function patchGroup(id: string, body: GroupPatch): Promise<undefined> {
  return callApi("PATCH", `${root}/${id}`, { body });
}

export function deleteGroup(id: string): Promise<undefined> {
  return callApi("DELETE", `${root}/${id}`);
}
