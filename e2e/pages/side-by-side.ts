import type { Locator, Page } from "@playwright/test";
import { words, type Language, type Words } from "../words";

/** Models that answer side by side: the choice of them, and the columns. */
export class SideBySide {
  readonly page: Page;
  readonly say: Words;

  constructor(page: Page, language: Language = "en") {
    this.page = page;
    this.say = words(language);
  }

  get panel(): Locator {
    return this.page.getByRole("dialog", { name: this.say("candidates.compare.title") });
  }

  /** In the panel: narrows the list down. */
  get search(): Locator {
    return this.panel.getByRole("textbox", { name: this.say("parameters.picker.search") });
  }

  /** In the panel: goes on with the models that are chosen. */
  get start(): Locator {
    return this.panel.getByRole("button", {
      name: this.say("candidates.compare.start"),
      exact: true,
    });
  }

  async openPanel(): Promise<void> {
    await this.page
      .getByRole("button", { name: this.say("candidates.compare.action"), exact: true })
      .click();
    await this.panel.getByRole("checkbox").first().waitFor();
  }

  /** Lets these models answer the next questions, and no others. */
  async compare(...models: string[]): Promise<void> {
    await this.openPanel();
    const { panel } = this;
    const boxes = panel.getByRole("checkbox");
    for (const box of await boxes.all()) await box.setChecked(false);
    for (const model of models)
      await panel.getByRole("checkbox", { name: model, exact: true }).check();
    await this.start.click();
  }

  /** Says that these models answer side by side, above the composer. */
  chip(model: string): Locator {
    return this.page.getByRole("button", {
      name: this.say("candidates.compare.remove", { model }),
      exact: true,
    });
  }

  async stopComparing(): Promise<void> {
    await this.page
      .getByRole("button", { name: this.say("candidates.compare.off"), exact: true })
      .click();
  }

  region(count: number): Locator {
    return this.page.getByRole("region", {
      name: this.say("candidates.columns.label", { count }),
      exact: true,
    });
  }

  column(at: number, count: number, model: string): Locator {
    return this.page.getByRole("article", {
      name: this.say("candidates.columns.column", { at, count, model }),
      exact: true,
    });
  }

  goOn(at: number, model: string): Locator {
    return this.page.getByRole("button", {
      name: this.say("candidates.columns.goOnOf", { at, model }),
      exact: true,
    });
  }

  stop(column: Locator): Locator {
    return column.getByRole("button", { name: this.say("candidates.columns.stop"), exact: true });
  }

  figures(column: Locator): Locator {
    return column.getByRole("group", { name: this.say("candidates.figures.label") });
  }

  /** Under an answer: shows those beside it again. */
  get open(): Locator {
    return this.page.getByRole("button", {
      name: this.say("candidates.columns.open"),
      exact: true,
    });
  }

  get close(): Locator {
    return this.page.getByRole("button", {
      name: this.say("candidates.columns.close"),
      exact: true,
    });
  }

  /** On a narrow page: the button that shows an answer. */
  tab(at: number, count: number, model: string): Locator {
    return this.page
      .getByRole("group", { name: this.say("candidates.columns.switch") })
      .getByRole("button", {
        name: this.say("candidates.columns.column", { at, count, model }),
        exact: true,
      });
  }
}
