/** What a channel is told, in plain text: names in it are people's, and may look like markup. */
export type ChannelMessage = {
  title: string;
  lines: readonly string[];
  link: { text: string; href: string };
};

/** A request that carries a message; always a POST of JSON. */
export type ChannelRequest = {
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string;
};

/** The message as one text: for mail, and for whoever reads the JSON of a webhook. */
export function writePlain({ title, lines, link }: ChannelMessage): string {
  return [title, "", ...lines, "", `${link.text}: ${link.href}`].join("\n");
}
