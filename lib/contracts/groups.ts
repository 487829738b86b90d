import * as z from "zod";
import { idSchema } from "./ids";
import { limits } from "./limits";
import { lineText } from "./text";

/** Somebody in a group. */
export const groupMemberSchema = z.object({ id: z.string(), name: z.string(), email: z.string() });
export type GroupMember = z.infer<typeof groupMemberSchema>;

/** People who share budgets. Somebody may be in several. */
export const groupSchema = z.object({
  id: z.string(),
  name: z.string(),
  members: z.array(groupMemberSchema),
});
export type Group = z.infer<typeof groupSchema>;

/** What GET /api/admin/groups answers with, in the order of their names. */
export const groupsSchema = z.object({ groups: z.array(groupSchema) });

const memberIdsSchema = z.array(idSchema).max(limits.groupChange);

/** The body of POST /api/admin/groups. */
export const groupCreateSchema = z.strictObject({
  name: lineText(limits.nameCharacters),
  memberIds: memberIdsSchema.default([]),
});
export type GroupCreate = z.infer<typeof groupCreateSchema>;

/** The body of PATCH /api/admin/groups/:id: a name, and who comes in and goes. */
export const groupPatchSchema = z
  .strictObject({
    name: lineText(limits.nameCharacters),
    add: memberIdsSchema,
    remove: memberIdsSchema,
  })
  .partial();
export type GroupPatch = z.infer<typeof groupPatchSchema>;
