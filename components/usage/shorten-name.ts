/** Letters that are twice as wide as Latin ones. */
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/u;

/**
 * A name that fits where there is room for so many Latin letters; its end tells models of a family
 * apart, so it is cut in the middle.
 */
export function shortenName(name: string, mostLetters: number): string {
  const letters = Array.from(new Intl.Segmenter().segment(name), ({ segment }) => segment);
  if (measure(letters) <= mostLetters) return name;
  const half = (mostLetters - 1) / 2;
  const head = takeFitting(letters, half);
  const tail = takeFitting(letters.toReversed(), half).toReversed();
  return `${head.join("").trimEnd()}…${tail.join("").trimStart()}`;
}

const measure = (letters: readonly string[]) =>
  letters.reduce((sum, letter) => sum + (wide.test(letter) ? 2 : 1), 0);

/** As many of the first as there is room for. */
function takeFitting(letters: readonly string[], room: number): string[] {
  const end = letters.findIndex((_, at) => measure(letters.slice(0, at + 1)) > room);
  return letters.slice(0, end === -1 ? letters.length : end);
}
