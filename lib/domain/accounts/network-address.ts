/**
 * The part of an address that stands for one network subscriber: an IPv4 address, or the /64 of an
 * IPv6 one, since a subscriber has all of it. Text that is no address stays what it is, cut.
 */
export function toSubscriber(address: string): string {
  const text = address.trim().toLowerCase();
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/.exec(text)?.[1];
  if (mapped !== undefined) return mapped;
  const withoutPort = /^(\d+\.\d+\.\d+\.\d+):\d+$/.exec(text)?.[1];
  if (withoutPort !== undefined) return withoutPort;
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? text;
  const [unscoped = bare] = bare.split("%");
  if (!/^[0-9a-f:]*:[0-9a-f:.]*$/.test(unscoped)) return text.slice(0, 64);
  return `${expand(unscoped).slice(0, 4).join(":")}::/64`;
}

/** The eight groups of an IPv6 address, without leading zeros. */
function expand(address: string): string[] {
  const [head = "", tail] = address.split("::");
  const groups = (part: string) => (part === "" ? [] : part.split(":"));
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const missing = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  return [...left, ...Array<string>(missing).fill("0"), ...right].map((group) =>
    group.replace(/^0+(?=.)/, ""),
  );
}

/**
 * Which address a request comes from, given the chain of X-Forwarded-For (the nearest hop last).
 * Each trusted proxy appended one entry; whatever stands before those was written by the client.
 *
 * @param trustedProxies hops in front of Parley. With 0 the chain is what our own server wrote:
 *   the address of the socket.
 */
export function pickClientAddress(forwardedFor: string | null, trustedProxies: number): string {
  const chain = (forwardedFor ?? "")
    .split(",")
    .map((hop) => hop.trim())
    .filter((hop) => hop !== "");
  const index = chain.length - Math.max(trustedProxies, 1);
  return chain[Math.max(index, 0)] ?? "unknown";
}
