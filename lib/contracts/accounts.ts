import * as z from "zod";
import { contextPolicySchema } from "./context";
import { idSchema } from "./ids";
import { limits } from "./limits";
import { locales, themes } from "./preferences";
import { lineText, longText } from "./text";

/** An e-mail address as it is stored: NFKC, lower case, without surrounding space. */
export const emailSchema = z
  .string()
  .max(limits.emailCharacters)
  .transform((text) => text.normalize("NFKC").trim().toLowerCase())
  .pipe(z.email());

/** Not trimmed: every character of a password counts. Longer ones are refused before hashing. */
export const passwordSchema = z.string().min(limits.passwordMin).max(limits.passwordMax);

export const registerSchema = z.strictObject({
  email: emailSchema,
  password: passwordSchema,
  name: lineText(limits.nameCharacters),
  invite: z.string().max(128).optional(),
});

export const passwordChangeSchema = z.strictObject({
  currentPassword: z.string().max(limits.passwordMax),
  newPassword: passwordSchema,
});

export const profilePatchSchema = z
  .strictObject({
    name: lineText(limits.nameCharacters),
    locale: z.enum(locales),
    theme: z.enum(themes),
    systemPrompt: longText(limits.systemPromptCharacters).nullable(),
    contextPolicy: contextPolicySchema.nullable(),
  })
  .partial();

/** The signed-in user, as their own browser sees them. */
export const profileSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(["admin", "member"]),
  hasPassword: z.boolean(),
  systemPrompt: z.string().nullable(),
  /** Of new conversations; null: the instance's. */
  contextPolicy: contextPolicySchema.nullable(),
});
export type Profile = z.infer<typeof profileSchema>;

export const inviteCreateSchema = z.strictObject({
  email: emailSchema.optional(),
  role: z.enum(["admin", "member"]).default("member"),
  expiresInDays: z.number().int().min(1).max(30).default(7),
});

export const inviteSchema = z.object({
  id: z.string(),
  email: z.string().nullable(),
  role: z.enum(["admin", "member"]),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime(),
  usedAt: z.iso.datetime().nullable(),
});
export type Invite = z.infer<typeof inviteSchema>;

/** The answer to a new invite; `url` holds the token, which is shown this once. */
export const inviteCreatedSchema = z.object({ invite: inviteSchema, url: z.string() });
export type InviteCreated = z.infer<typeof inviteCreatedSchema>;

/** A user as an admin sees them. */
export const userSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(["admin", "member"]),
  isActive: z.boolean(),
  createdAt: z.iso.datetime(),
});
export type User = z.infer<typeof userSchema>;

export const usersQuerySchema = z.strictObject({
  cursor: idSchema.optional(),
  limit: z.coerce.number().int().min(1).max(limits.usersPage).default(50),
});

export const usersPageSchema = z.object({
  users: z.array(userSchema),
  /** Cursor of the next page; null at the end. */
  cursor: z.string().nullable(),
});
export type UsersPage = z.infer<typeof usersPageSchema>;

export const userPatchSchema = z
  .strictObject({ role: z.enum(["admin", "member"]), isActive: z.boolean() })
  .partial();
export type UserPatch = z.infer<typeof userPatchSchema>;
