/**
 * The greatest common length to which texts are cut so that together they take at most `room`: water
 * that stands equally high in all of them.
 *
 * @returns at least `least`, even where that is too much.
 */
export function findCap(texts: readonly number[], room: number, least: number): number {
  const takes = (cap: number) => texts.reduce((sum, text) => sum + Math.min(text, cap), 0);
  let fits = Math.ceil(least);
  if (takes(fits) > room) return least;
  let tooMuch = Math.ceil(Math.max(fits, ...texts)) + 1;
  if (takes(tooMuch) <= room) return tooMuch;
  while (tooMuch - fits > 1) {
    const middle = Math.floor((fits + tooMuch) / 2);
    if (takes(middle) <= room) fits = middle;
    else tooMuch = middle;
  }
  return fits;
}
