import * as z from "zod";
import { budgetScopes, budgetUnits } from "./budgets";
import { errorCodeSchema } from "./errors";
import { limits } from "./limits";
import { lineText } from "./text";

/** What is told. `budget`: 50, 80 or 100 % of one; the others are for admins. */
export const alertKinds = [
  "budget",
  "tokens_per_call",
  "calls_per_minute",
  "provider_no_credit",
  "provider_failing",
] as const;
export type AlertKind = (typeof alertKinds)[number];

/** Numbers and names, never text of a conversation, for each kind. */
export const alertFactsSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("budget"),
    budgetId: z.string(),
    name: z.string(),
    scope: z.enum(budgetScopes),
    /** Whose balance: a group's, user's or key's id, or `instance`. */
    subjectId: z.string(),
    /** What that is called; null where it says nothing, or is gone. */
    subjectName: z.string().nullable(),
    span: z.string(),
    unit: z.enum(budgetUnits),
    percent: z.number().int(),
    limit: z.number().int(),
    used: z.number().int(),
    isHard: z.boolean(),
  }),
  z.object({
    kind: z.literal("tokens_per_call"),
    userName: z.string().nullable(),
    modelName: z.string(),
    tokens: z.number().int(),
    threshold: z.number().int(),
  }),
  z.object({
    kind: z.literal("calls_per_minute"),
    userName: z.string().nullable(),
    calls: z.number().int(),
    threshold: z.number().int(),
  }),
  z.object({
    kind: z.enum(["provider_no_credit", "provider_failing"]),
    providerId: z.string(),
    providerName: z.string(),
    modelName: z.string().nullable(),
    errorCode: errorCodeSchema.nullable(),
  }),
]);
export type AlertFacts = z.infer<typeof alertFactsSchema>;

export const alertSchema = z.object({
  id: z.string(),
  facts: alertFactsSchema,
  createdAt: z.iso.datetime(),
  /** Whether it came after this user had looked last. */
  isNew: z.boolean(),
});
export type Alert = z.infer<typeof alertSchema>;

/** What GET /api/alerts answers with: an admin's are all, a member's those about themselves. */
export const alertsPageSchema = z.object({
  alerts: z.array(alertSchema),
  newCount: z.number().int(),
  before: z.string().nullable(),
});
export type AlertsPage = z.infer<typeof alertsPageSchema>;

export const alertsQuerySchema = z.strictObject({
  before: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});

/** Where alerts go besides the screen. */
export const alertChannelKinds = [
  "mail",
  "dingtalk",
  "feishu",
  "wecom",
  "slack",
  "webhook",
] as const;
export type AlertChannelKind = (typeof alertChannelKinds)[number];

/** An address that is only ever sent to the server: it may hold a token. */
const urlSchema = z.url({ protocol: /^https?$/ }).max(2000);
const secretSchema = z.string().min(1).max(500);

const recipientsSchema = z.array(z.email().max(limits.emailCharacters)).min(1).max(20);

export const alertChannelConfigSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("mail"), recipients: recipientsSchema }),
  /** The secret of DingTalk's and Feishu's "sign" setting, where that is on. */
  z.strictObject({
    kind: z.enum(["dingtalk", "feishu"]),
    url: urlSchema,
    secret: secretSchema.optional(),
  }),
  z.strictObject({ kind: z.enum(["wecom", "slack"]), url: urlSchema }),
  /** Plain JSON, signed with HMAC-SHA256; the secret is made by the server and shown once. */
  z.strictObject({ kind: z.literal("webhook"), url: urlSchema }),
]);
export type AlertChannelConfig = z.infer<typeof alertChannelConfigSchema>;

/** Empty: all. */
const wantedKindsSchema = z.array(z.enum(alertKinds)).max(alertKinds.length);

export const alertChannelCreateSchema = z.strictObject({
  name: lineText(limits.nameCharacters),
  config: alertChannelConfigSchema,
  alertKinds: wantedKindsSchema.default([]),
  locale: z.enum(["en", "zh-CN"]),
});
export type AlertChannelCreate = z.infer<typeof alertChannelCreateSchema>;

export const alertChannelPatchSchema = alertChannelCreateSchema
  .pick({ name: true, locale: true })
  // Without its default, which would turn a patch of anything else into "all".
  .extend({
    alertKinds: wantedKindsSchema,
    isEnabled: z.boolean(),
    config: alertChannelConfigSchema,
  })
  .partial();
export type AlertChannelPatch = z.infer<typeof alertChannelPatchSchema>;

/** A channel as an admin sees it: the host it goes to, never its address or secret. */
export const alertChannelSchema = z.object({
  id: z.string(),
  kind: z.enum(alertChannelKinds),
  name: z.string(),
  /** The host of the address, or the recipients. */
  target: z.string(),
  alertKinds: z.array(z.enum(alertKinds)),
  locale: z.enum(["en", "zh-CN"]),
  isEnabled: z.boolean(),
  /** What became of the last delivery; null when there was none. */
  last: z
    .object({ state: z.enum(["waiting", "delivered", "given_up"]), at: z.iso.datetime() })
    .nullable(),
});
export type AlertChannel = z.infer<typeof alertChannelSchema>;

/** What POST /api/admin/alerts/channels answers with; `secret` of a webhook, shown this once. */
export const alertChannelMadeSchema = z.object({
  channel: alertChannelSchema,
  secret: z.string().nullable(),
});

/** What GET /api/admin/alerts/channels answers with. */
export const alertChannelsSchema = z.object({
  channels: z.array(alertChannelSchema),
  /** SMTP_URL and MAIL_FROM are set. */
  canMail: z.boolean(),
});

/** Why a delivery failed; in our words, nothing of the answer. */
export const deliveryFailures = [
  "unreachable",
  "refused",
  "timeout",
  "bad_status",
  "bad_answer",
  "no_mail_server",
  "address_refused",
] as const;
export type DeliveryFailure = (typeof deliveryFailures)[number];

/** An entry of the log: GET /api/admin/alerts/deliveries. */
export const alertDeliverySchema = z.object({
  id: z.string(),
  channelId: z.string(),
  channelName: z.string(),
  /** Null for a test. */
  facts: alertFactsSchema.nullable(),
  state: z.enum(["waiting", "delivered", "given_up"]),
  tries: z.number().int(),
  httpStatus: z.number().int().nullable(),
  failure: z.enum(deliveryFailures).nullable(),
  nextTryAt: z.iso.datetime().nullable(),
  createdAt: z.iso.datetime(),
  deliveredAt: z.iso.datetime().nullable(),
});
export type AlertDelivery = z.infer<typeof alertDeliverySchema>;

/** What GET /api/admin/alerts/deliveries answers with, the newest first; paged by alertsQuerySchema. */
export const alertDeliveriesSchema = z.object({
  deliveries: z.array(alertDeliverySchema),
  before: z.string().nullable(),
});
export type AlertDeliveries = z.infer<typeof alertDeliveriesSchema>;

/** What POST /api/admin/alerts/channels/:id/test answers with, after one try at once. */
export const channelTestSchema = z.object({
  isDelivered: z.boolean(),
  httpStatus: z.number().int().nullable(),
  failure: z.enum(deliveryFailures).nullable(),
});
export type ChannelTest = z.infer<typeof channelTestSchema>;
