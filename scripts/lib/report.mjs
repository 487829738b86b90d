// What the scripts say in a terminal.
const hasColour = process.env.FORCE_COLOR
  ? process.env.FORCE_COLOR !== "0"
  : process.stdout.isTTY && !process.env.NO_COLOR;

/** @param {string} code */
const paint = (code) => (/** @type {string} */ text) =>
  hasColour ? `\u001b[${code}m${text}\u001b[0m` : text;

export const bold = paint("1");
export const faint = paint("2");
export const good = paint("32");
export const bad = paint("31");

/** @param {string} text */
export function headline(text) {
  process.stdout.write(`\n${bold(`▸ ${text}`)}\n`);
}

/** @param {string} text */
export function say(text) {
  process.stdout.write(`${text}\n`);
}

/** Seconds since a moment of `performance.now()`, to be read. */
export function since(/** @type {number} */ startedAt) {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
}
