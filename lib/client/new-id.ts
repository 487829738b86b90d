/** A random UUID, also on pages that came over plain HTTP, where `crypto.randomUUID` is missing. */
export function newId(): string {
  if ("randomUUID" in crypto) return crypto.randomUUID();
  return uuidOf((crypto as Crypto).getRandomValues(new Uint8Array(16)));
}

/** RFC 9562, version 4: six bits say which kind of UUID it is, the others are random. */
export function uuidOf(random: Uint8Array): string {
  const bytes = Array.from(random, (byte, at) => {
    if (at === 6) return (byte & 0x0f) | 0x40;
    return at === 8 ? (byte & 0x3f) | 0x80 : byte;
  });
  const hex = bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
