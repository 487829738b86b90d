import { estimateImageTokens } from "./image-tokens";

/** An image's sides in pixels. */
export type ImageSize = { width: number; height: number };
type Rule = (size: ImageSize) => number;

/** A token for each square, of so many at most; larger images are made smaller. */
const squares =
  (side: number, most: number, times = 1): Rule =>
  ({ width, height }) =>
    Math.ceil(Math.min(Math.ceil(width / side) * Math.ceil(height / side), most) * times) + 2;

// https://platform.openai.com/docs/guides/images-vision#calculating-costs: squares of 32 pixels, at
// most 1,536, times a factor of the model.
const openAiSquares = (times: number) => squares(32, 1_536, times);
const tiles: Rule = (size) => estimateImageTokens(size);
/** A tile of it takes 5,667 tokens, the whole 2,833: 33 times as many. */
const costlyTiles: Rule = (size) => Math.ceil((estimateImageTokens(size) * 5_667) / 170);

// https://github.com/QwenLM/Qwen2.5-VL: smart_resize, squares of 28 pixels, at most 16,384; Qwen3-VL
// takes 32. GLM-4.5V and Doubao are documented alike.
const fineSquares = squares(28, 16_384);

// https://docs.claude.com/en/docs/build-with-claude/vision: the longer side has 1,568 pixels at most.
const byArea: Rule = ({ width, height }) => {
  const shrink = Math.min(1, 1_568 / Math.max(width, height, 1));
  return Math.ceil((width * height * shrink ** 2) / 750);
};

/** The larger of the common ones, for models of which nothing is known. */
const cautious: Rule = (size) => Math.max(tiles(size), fineSquares(size));
/** OpenAI's models that none of the others names. */
const anyOfOpenAi: Rule = (size) => Math.max(tiles(size), openAiSquares(1.72)(size));

const rules: readonly [RegExp, Rule][] = [
  [/^gpt-4o-mini/, costlyTiles],
  [/^(?:gpt-4\.1|gpt-5(?:\.\d)?)-nano/, openAiSquares(2.46)],
  [/^(?:gpt-4\.1|gpt-5(?:\.\d)?|o4)-mini/, openAiSquares(1.72)],
  [/^(?:gpt-(?:4o|4\.1|4\.5|4-turbo)|chatgpt-4o|o[13])/, tiles],
  [/^gpt-/, anyOfOpenAi],
  [/^qwen3-?(?:vl|omni)/, squares(32, 16_384)],
  [/^(?:qwen|qvq|glm|doubao)/, fineSquares],
  [/claude/, byArea],
];

/** Tokens that an image takes in a prompt for a model, by its name at the provider: rather too many. */
export function countImageTokens(modelName: string, size: ImageSize): number {
  const name = modelName.toLowerCase().replace(/^.*\//, "");
  const rule = rules.find(([pattern]) => pattern.test(name))?.[1] ?? cautious;
  return rule(size);
}
