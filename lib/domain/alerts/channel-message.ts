/** What a channel is told, in plain text: names in it are people's, and may look like markup. */
export type ChannelMessage = {
  title: string;
  lines: readonly string[];
  link: { text: string; href: string };
  /** Why somebody gets it; only mail says so. */
  note?: string;
};

/** A request that carries a message; always a POST of JSON. */
export type ChannelRequest = {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
};

/** The message as one text, for whoever reads the JSON of a webhook. */
export function writePlain(message: ChannelMessage): string {
  return `${message.title}\n\n${writeMailText(message)}`;
}

/** The text of a mail, whose subject is the title. */
export function writeMailText({ lines, link, note }: ChannelMessage): string {
  const end = note === undefined ? [] : ["", note];
  return [...lines, "", link.text, link.href, ...end].join("\n");
}
