const openProtocols = ["http:", "https:", "mailto:"];

/**
 * An address from a model's text as it may be opened: http, https or mailto, absolute. Null for
 * everything else, since a relative address would lead into Parley and others into the browser.
 */
export function toSafeUrl(address: string): URL | null {
  // What follows is parsed as browsers do, who skip these characters inside of an address.
  const cleaned = address.replaceAll(/[\t\n\r]/g, "").trim();
  if (!/^(?:https?:\/\/|mailto:)/i.test(cleaned)) return null;
  const url = URL.parse(cleaned);
  return url !== null && openProtocols.includes(url.protocol) ? url : null;
}
