// OpenAI's rule for pictures in full detail: fitted into 2048 x 2048, then so that the shorter side
// has 768; 170 tokens for each tile of 512 x 512 and 85 for the whole.
// https://platform.openai.com/docs/guides/images-vision#calculating-costs
const largestSide = 2048;
const shorterSide = 768;
const tileSide = 512;
const tokensOfTile = 170;
const tokensOfImage = 85;

type Sides = { width?: number | undefined; height?: number | undefined };

/**
 * Tokens that an image takes in a prompt, as an estimate by its size in pixels; a side that is not
 * known counts as a large one.
 */
export function estimateImageTokens({ width = largestSide, height = largestSide }: Sides): number {
  const fit = Math.min(1, largestSide / Math.max(width, height, 1));
  const shrink = Math.min(1, shorterSide / Math.max(1, Math.min(width, height) * fit));
  const tilesOf = (side: number) => Math.max(1, Math.ceil((side * fit * shrink) / tileSide));
  return tokensOfImage + tokensOfTile * tilesOf(width) * tilesOf(height);
}
