import {
  alertChannelConfigSchema,
  alertKinds,
  type AlertChannel,
  type AlertChannelConfig,
  type AlertChannelKind,
  type AlertKind,
} from "@/lib/contracts/alerts";

/** A channel as it stands in the form. */
export type ChannelDraft = {
  kind: AlertChannelKind;
  name: string;
  url: string;
  secret: string;
  /** With commas between them. */
  recipients: string;
  wants: readonly AlertKind[];
  locale: AlertChannel["locale"];
};

export type ChannelProblems = Partial<
  Record<
    "name" | "url" | "secret" | "recipients" | "wants",
    | "nameMissing"
    | "urlMissing"
    | "urlInvalid"
    | "secretAlone"
    | "recipientsInvalid"
    | "wantsMissing"
  >
>;

type Checked =
  | { problems: ChannelProblems; config?: never }
  /** null: the address and its secret stay as they are. */
  | { problems: null; config: AlertChannelConfig | null };

/** Reads a form; `isNew` or else the address may be left out. */
export function checkDraft(draft: ChannelDraft, isNew: boolean): Checked {
  const config = readConfig(draft);
  const isKept = !isNew && draft.kind !== "mail" && draft.url.trim() === "";
  const isRight = alertChannelConfigSchema.safeParse(config).success;
  const problems: ChannelProblems = {
    ...(draft.name.trim() === "" ? { name: "nameMissing" } : {}),
    ...(draft.wants.length === 0 ? { wants: "wantsMissing" } : {}),
    ...(isKept && draft.secret.trim() !== "" ? { secret: "secretAlone" } : {}),
    ...(isKept || isRight ? {} : findConfigProblem(draft)),
  };
  if (Object.keys(problems).length > 0) return { problems };
  return { problems: null, config: isKept ? null : config };
}

/** What is stored: all kinds, also those that are added one day, are no list. */
export function toAlertKinds(wants: readonly AlertKind[]): AlertKind[] {
  return wants.length === alertKinds.length
    ? []
    : alertKinds.filter((kind) => wants.includes(kind));
}

/** Addresses with commas, semicolons, spaces or lines between them, also full-width ones. */
export function readRecipients(text: string): string[] {
  return text.split(/[\s,;，；、]+/).filter((address) => address !== "");
}

function readConfig({ kind, url, secret, recipients }: ChannelDraft): AlertChannelConfig {
  if (kind === "mail") return { kind, recipients: readRecipients(recipients) };
  const address = { kind, url: url.trim() };
  const isSigned = (kind === "dingtalk" || kind === "feishu") && secret.trim() !== "";
  return isSigned ? { ...address, secret: secret.trim() } : address;
}

function findConfigProblem({ kind, url }: ChannelDraft): ChannelProblems {
  if (kind === "mail") return { recipients: "recipientsInvalid" };
  return { url: url.trim() === "" ? "urlMissing" : "urlInvalid" };
}
