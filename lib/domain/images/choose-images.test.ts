import { describe, expect, it } from "vitest";
import type { FilePart } from "@/lib/contracts/attachments";
import { chooseImages } from "./choose-images";

const image = (name: string): FilePart => ({
  type: "file",
  url: `/api/attachments/${name}`,
  mediaType: "image/png",
  width: 512,
  height: 512,
});
const message = (text: string, ...names: string[]) => ({ text, parts: names.map(image) });
const shown = (branch: ReturnType<typeof message>[], most: number) =>
  chooseImages(branch, most).map(({ text, images }) => [
    text,
    images.map(({ url }) => url.slice(17)),
  ]);

describe("the images of a prompt", () => {
  it("are the newest ones, with their messages, and counted", () => {
    const branch = [message("one", "a", "b"), message("two"), message("three", "c")];
    expect(shown(branch, 2)).toEqual([
      ["one", ["a"]],
      ["two", []],
      ["three", ["c"]],
    ]);
    expect(chooseImages(branch, 3).map(({ imageTokens }) => imageTokens)).toEqual([510, 0, 255]);
  });

  it("leave a word behind where a message would be empty without them", () => {
    expect(shown([message("", "a"), message("", "b")], 1)).toEqual([
      ["[image]", []],
      ["", ["b"]],
    ]);
  });
});
