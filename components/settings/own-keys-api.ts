import * as z from "zod";
import { callApi } from "@/lib/client/api";
import {
  memberProviderSchema,
  type MemberKey,
  type MemberProvider,
} from "@/lib/contracts/providers";

const root = "/api/me/provider-keys";

export async function findMemberProviders(): Promise<MemberProvider[]> {
  const schema = z.object({ providers: z.array(memberProviderSchema) });
  return (await callApi("GET", root, { schema })).providers;
}

export function saveOwnKey(providerId: string, body: MemberKey): Promise<undefined> {
  return callApi("PUT", `${root}/${providerId}`, { body });
}

export function removeOwnKey(providerId: string): Promise<undefined> {
  return callApi("DELETE", `${root}/${providerId}`);
}
