import type { Locator, Page } from "@playwright/test";
import type { ParameterName } from "@/lib/contracts/parameters";
import { words, type Language, type Words } from "../words";

type NumberName = Extract<
  ParameterName,
  "temperature" | "topP" | "frequencyPenalty" | "presencePenalty"
>;

/** What a conversation asks of its model: the button in the top bar, and what it opens. */
export class ParameterPanel {
  readonly page: Page;
  readonly say: Words;

  constructor(page: Page, language: Language = "en") {
    this.page = page;
    this.say = words(language);
  }

  /** The button, as it is called while so many parameters are changed. */
  button(count: number): Locator {
    const name = this.say("parameters.panel.openLong", { count });
    return this.page.getByRole("button", { name, exact: true });
  }

  get dialog(): Locator {
    const name = this.say("parameters.panel.title");
    return this.page.getByRole("dialog", { name, exact: true });
  }

  /** The slider of a parameter, or the one field that it has. */
  control(name: ParameterName): Locator {
    return this.dialog.getByLabel(this.say(`parameters.names.${name}`), { exact: true });
  }

  /** The number beside a slider. */
  number(name: NumberName): Locator {
    const label = this.say("parameters.panel.asNumber", {
      name: this.say(`parameters.names.${name}`),
    });
    return this.dialog.getByLabel(label, { exact: true });
  }

  back(name: ParameterName): Locator {
    const label = this.say("parameters.panel.back", { name: this.say(`parameters.names.${name}`) });
    return this.dialog.getByRole("button", { name: label, exact: true });
  }

  preset(name: string): Locator {
    return this.dialog
      .getByRole("group", { name: this.say("parameters.presets.label") })
      .getByRole("button", { name, exact: true });
  }

  get schema(): Locator {
    return this.dialog.getByLabel(this.say("parameters.schema.text"), { exact: true });
  }

  action(name: string): Locator {
    return this.dialog.getByRole("button", { name, exact: true });
  }

  async open(count = 0): Promise<void> {
    await this.button(count).click();
    await this.dialog.waitFor();
  }

  async close(): Promise<void> {
    await this.page.keyboard.press("Escape");
    await this.dialog.waitFor({ state: "hidden" });
  }

  /** Types a number and leaves the field. */
  async type(name: NumberName, value: string): Promise<void> {
    await this.number(name).fill(value);
    await this.number(name).press("Enter");
  }

  async addStop(text: string): Promise<void> {
    await this.control("stop").fill(text);
    await this.control("stop").press("Enter");
  }
}
