import ipaddr from "ipaddr.js";

/** Why an address may not be used. Told to admins; names no resolved address and no port state. */
export type AddressRefusal =
  "unreadable" | "scheme" | "credentials" | "query" | "private" | "not_https" | "port";

export type AddressVerdict = { isAllowed: true } | { isAllowed: false; reason: AddressRefusal };

type Policy = {
  /** The operator's list (PROVIDER_HOSTS): `host` or `host:port`, lower case. */
  allowedHosts: readonly string[];
};

const allowed: AddressVerdict = { isAllowed: true };
const refuse = (reason: AddressRefusal): AddressVerdict => ({ isAllowed: false, reason });

// Where something other than HTTP usually listens. A request sent there could be read as commands.
const foreignPorts = new Set([
  0, 1, 7, 9, 11, 13, 15, 17, 19, 20, 21, 22, 23, 25, 37, 42, 43, 53, 69, 77, 79, 87, 95, 101, 102,
  103, 104, 109, 110, 111, 113, 115, 117, 119, 123, 135, 137, 139, 143, 161, 179, 389, 427, 445,
  465, 512, 513, 514, 515, 526, 530, 531, 532, 540, 548, 554, 556, 563, 587, 601, 636, 873, 989,
  990, 993, 995, 1433, 1521, 1719, 1720, 1723, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 3659,
  4045, 4190, 5060, 5061, 5432, 5672, 5984, 6000, 6379, 6566, 6665, 6666, 6667, 6668, 6669, 6679,
  6697, 9042, 9092, 9200, 9300, 10080, 10250, 11211, 27017,
]);

// Names that only ever mean this machine or this network (RFC 6761, 6762, 8375, 9476 and habit).
const privateNames =
  /(?:^|\.)(?:localhost|local|internal|intranet|lan|home|corp|private|home\.arpa)$/;

// Unicast to the outside, but the platform's own: Azure's and Alibaba's metadata services.
const platformAddresses = new Set(["168.63.129.16", "100.100.100.200", "fd00:ec2::254"]);

// Ranges that ipaddr.js counts as unicast but that lead to no public host: 6to4 and Teredo carry
// IPv4 inside, 64:ff9b:1::/48 is local NAT64, fec0::/10 site-local, ::/96 IPv4-compatible,
// 3fff::/20 and 5f00::/16 are documentation and segment routing.
const innerRanges = [
  "::/96",
  "::ffff:0:0:0/96",
  "64:ff9b:1::/48",
  "100::/64",
  "2001::/23",
  "2002::/16",
  "3fff::/20",
  "5f00::/16",
  "fec0::/10",
  "192.88.99.0/24",
].map((range) => ipaddr.parseCIDR(range));

/**
 * Whether a provider's base URL may be used: public hosts over https; anything else only when the
 * operator has listed the host. What cannot be read is refused. Names are judged again, by what
 * they resolve to, when a connection is made (`judgeAddress`).
 */
export function judgeBaseUrl(text: string, { allowedHosts }: Policy): AddressVerdict {
  // The URL parser drops tabs and line breaks and turns backslashes round; none belongs here.
  if (/[\s\\\p{Cc}]/u.test(text) || !URL.canParse(text)) return refuse("unreadable");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:") return refuse("scheme");
  if (url.username !== "" || url.password !== "" || /^[a-z]+:\/*[^/?#]*@/i.test(text))
    return refuse("credentials");
  if (/[?#]/.test(text)) return refuse("query");
  // The parser lets `$` and braces through: a placeholder that nobody has filled in.
  if (!/^(?:[a-z0-9._-]+|\[[0-9a-f:.]+\])$/.test(url.hostname)) return refuse("unreadable");
  const listing = findListing(url, allowedHosts);
  if (listing === "port") return allowed;
  if (foreignPorts.has(portOf(url))) return refuse("port");
  if (listing === "host") return allowed;
  const address = bareHost(url);
  if (ipaddr.isValid(address) ? !isPublicAddress(address) : isPrivateName(address))
    return refuse("private");
  return url.protocol === "https:" ? allowed : refuse("not_https");
}

/**
 * Whether a connection to `hostname` may go to the IP address that it resolved to. A host that the
 * operator has listed may be private, though never link-local, multicast or a platform's metadata
 * service; any other host must be public.
 *
 * @param hostname as in the URL, an IPv6 address without its brackets.
 */
export function judgeAddress(
  address: string,
  { hostname, port, allowedHosts }: Policy & { hostname: string; port: number },
): AddressVerdict {
  if (!ipaddr.IPv4.isValidFourPartDecimal(address) && !ipaddr.IPv6.isValid(address))
    return refuse("unreadable");
  if (isPublicAddress(address)) return allowed;
  const isLiteral = ipaddr.isValid(hostname);
  const host = ipaddr.IPv6.isValid(hostname) ? `[${hostname}]` : hostname.toLowerCase();
  const isListed = [host, `${host}:${String(port)}`].some((name) => allowedHosts.includes(name));
  // Written out by the operator as an address, it is meant; behind a name it is an attack.
  return isListed && (isLiteral || !isNeverProvider(address)) ? allowed : refuse("private");
}

function findListing(url: URL, allowedHosts: readonly string[]): "port" | "host" | null {
  if (allowedHosts.includes(`${url.hostname}:${String(portOf(url))}`)) return "port";
  return allowedHosts.includes(url.hostname) ? "host" : null;
}

function portOf(url: URL): number {
  if (url.port !== "") return Number(url.port);
  return url.protocol === "https:" ? 443 : 80;
}

function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");
}

function isPrivateName(name: string): boolean {
  return !name.includes(".") || privateNames.test(name);
}

function isPublicAddress(text: string): boolean {
  const address = readAddress(text);
  if (platformAddresses.has(address.toString())) return false;
  return address.range() === "unicast" && !innerRanges.some((range) => isInRange(address, range));
}

function isNeverProvider(text: string): boolean {
  const address = readAddress(text);
  const range = address.range();
  return (
    platformAddresses.has(address.toString()) ||
    ["linkLocal", "multicast", "unspecified", "broadcast"].includes(range)
  );
}

type Address = ipaddr.IPv4 | ipaddr.IPv6;

/** An address; the IPv4 one where IPv6 only wraps it (mapped, or NAT64's 64:ff9b::/96). */
function readAddress(text: string): Address {
  const address = ipaddr.process(text);
  if (address.range() !== "rfc6052") return address;
  return ipaddr.fromByteArray(address.toByteArray().slice(-4));
}

function isInRange(address: Address, [network, bits]: [Address, number]): boolean {
  return address.kind() === network.kind() && address.match(network, bits);
}
