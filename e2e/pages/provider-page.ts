import type { Locator, Page } from "@playwright/test";
import { words, type Language, type Words } from "../words";

/** The settings of one provider, and of one of its models. */
export class ProviderPage {
  readonly page: Page;
  readonly say: Words;

  constructor(page: Page, language: Language = "en") {
    this.page = page;
    this.say = words(language);
  }

  async open(providerId: string, modelId?: string): Promise<void> {
    const model = modelId === undefined ? "" : `/${modelId}`;
    await this.page.goto(`/settings/models/${providerId}${model}`);
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  get dialog(): Locator {
    return this.page.getByRole("dialog");
  }

  section(title: string): Locator {
    return this.page
      .locator("section")
      .filter({ has: this.page.getByRole("heading", { name: title, level: 2, exact: true }) });
  }

  /** A key by its label. */
  key(label: string): Locator {
    return this.section(this.say("providers.keys.title"))
      .getByRole("listitem")
      .filter({ hasText: label });
  }

  async addKey(key: string, label: string): Promise<void> {
    await this.button(this.say("providers.keys.add")).click();
    await this.dialog.getByLabel(this.say("providers.keys.key"), { exact: true }).fill(key);
    await this.dialog.getByLabel(this.say("providers.keys.label"), { exact: true }).fill(label);
    await this.dialog
      .getByRole("button", { name: this.say("providers.keys.add"), exact: true })
      .click();
  }

  /** A fact of the capability card. */
  fact(name: string): Locator {
    return this.page.getByRole("combobox", { name, exact: true });
  }

  field(name: string): Locator {
    return this.page.getByRole("textbox", { name, exact: true });
  }
}
