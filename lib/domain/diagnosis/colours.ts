import { ask, type Probe } from "./probes";

/** A square of one colour as a PNG, and what people call it. */
type Colour = { base64: string; words: RegExp };

export const colours: readonly Colour[] = [
  {
    base64:
      "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAATUlEQVR42u3PQQkAAAgAsesf1BxG8C0MVmBNvZaAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAwGUB5DJg0wwqv1sAAAAASUVORK5CYII=",
    words: /\bred\b|红/i,
  },
  {
    base64:
      "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAATElEQVR42u3PQQkAAAgAseufwqhG8C0MVmA1/SYgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgcFlT0gCXrcLQywAAAABJRU5ErkJggg==",
    words: /\bgreen\b|绿/i,
  },
  {
    base64:
      "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAATElEQVR42u3PQQkAAAgAsesf1BxG8C0MVmDVPCcgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAgcFgijmDT6MlSUwAAAABJRU5ErkJggg==",
    words: /\bblue\b|蓝/i,
  },
  {
    base64:
      "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAIAAAAlC+aJAAAATklEQVR42u3PQQkAAAgEsOvf0iReBN/CYAWWnbwWAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAYFLAYvmAcN3/kxiAAAAAElFTkSuQmCC",
    words: /\byellow\b|黄/i,
  },
];

/** Shows a colour and asks which it is. */
export function makeVisionProbe({ base64 }: Colour): Probe {
  return ask([
    { type: "text", text: "Which colour fills this picture? Answer with one word." },
    { type: "image_url", image_url: { url: `data:image/png;base64,${base64}` } },
  ]);
}

/** Whether an answer names this colour, and none of the others. */
export function namesColour(text: string, colour: Colour): boolean {
  return colours.every((one) => one.words.test(text) === (one === colour));
}
