import type { Locator, Page } from "@playwright/test";
import { words, type Language, type Words } from "../words";

/** Prices: on the page of a model, and of all models beside the budgets. */
export class PriceView {
  readonly page: Page;
  readonly say: Words;

  constructor(page: Page, language: Language = "en") {
    this.page = page;
    this.say = words(language);
  }

  field(name: "input" | "cached" | "output" | "reasoning" | "source" | "day"): Locator {
    return this.page.getByLabel(this.say(`prices.${name}`), { exact: true });
  }

  get from(): Locator {
    return this.page.getByLabel(this.say("prices.from"), { exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  async save(): Promise<void> {
    await this.button(this.say("prices.save")).click();
  }

  /** The versions on a model's page, the newest first. */
  get versions(): Locator {
    return this.page
      .getByRole("region", { name: this.say("prices.history.title") })
      .getByRole("listitem");
  }

  /** A model in the list of all prices, by its link. */
  row(label: string): Locator {
    return this.page
      .getByRole("listitem")
      .filter({ has: this.page.getByRole("link", { name: label, exact: true }) });
  }

  /** A setting of money and time. */
  setting(name: "zone" | "rate" | "totals"): Locator {
    return this.page.getByLabel(this.say(`prices.money.${name}`), { exact: true });
  }
}
