import type { Locator, Page } from "@playwright/test";
import { words, type Language, type Words } from "../words";

/** The settings of models: what people pick, and the providers. */
export class ModelsPage {
  readonly page: Page;
  readonly say: Words;

  constructor(page: Page, language: Language = "en") {
    this.page = page;
    this.say = words(language);
  }

  async open(): Promise<void> {
    await this.page.goto("/settings/models");
  }

  get #section(): Locator {
    return this.page
      .locator("section")
      .filter({ has: this.page.getByRole("heading", { name: this.say("aliases.title") }) });
  }

  /** The aliases, in their order. */
  get rows(): Locator {
    return this.#section.locator("ol > li");
  }

  row(name: string): Locator {
    return this.rows.filter({
      has: this.page.getByRole("switch", {
        name: this.say("aliases.offer", { name }),
        exact: true,
      }),
    });
  }

  offer(name: string): Locator {
    return this.page.getByRole("switch", {
      name: this.say("aliases.offer", { name }),
      exact: true,
    });
  }

  move(name: string, direction: "up" | "down"): Locator {
    return this.button(this.say(`aliases.${direction}`, { name }));
  }

  /** Opens the menu of an alias and does what it offers. */
  async choose(name: string, item: string): Promise<void> {
    await this.button(this.say("aliases.moreOf", { name })).click();
    await this.page.getByRole("menuitem", { name: item, exact: true }).click();
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  /** In the dialog of an alias. */
  async addTarget(label: string): Promise<void> {
    await this.dialog
      .getByRole("combobox", { name: this.say("aliases.targetChoose") })
      .selectOption({ label });
    await this.dialog
      .getByRole("button", { name: this.say("aliases.targetAdd"), exact: true })
      .click();
  }

  get targets(): Locator {
    return this.dialog.locator("ol > li");
  }

  field(name: "name" | "description"): Locator {
    return this.dialog.getByRole("textbox", { name: this.say(`aliases.${name}`), exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  async save(): Promise<void> {
    await this.dialog.getByRole("button", { name: this.say("common.save"), exact: true }).click();
  }
}
