import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { words, type Language, type Words } from "../words";

/** The summary in the plan of a conversation. */
export class SummaryView {
  readonly page: Page;
  readonly say: Words;

  constructor(page: Page, language: Language = "en") {
    this.page = page;
    this.say = words(language);
  }

  async open(conversationId: string): Promise<void> {
    await this.page.goto(`/c/${conversationId}?panel=plan`);
    await expect(this.section).toBeVisible();
  }

  get section(): Locator {
    return this.page.getByRole("region", { name: this.say("context.summary.title"), exact: true });
  }

  button(name: string): Locator {
    return this.section.getByRole("button", { name, exact: true });
  }

  get editButton(): Locator {
    return this.button(this.say("context.summary.edit"));
  }

  get redoButton(): Locator {
    return this.button(this.say("context.summary.redoLabel"));
  }

  get field(): Locator {
    return this.section.getByLabel(this.say("context.summary.editLabel"), { exact: true });
  }

  get isOn(): Locator {
    return this.section.getByRole("switch", {
      name: this.say("context.summary.isOn"),
      exact: true,
    });
  }

  /** Has it made anew by a model, or by the usual one. */
  async redo(model: string | null = null): Promise<void> {
    await this.redoButton.click();
    if (model !== null)
      await this.section
        .getByLabel(this.say("context.summary.model"), { exact: true })
        .selectOption({ label: model });
    await this.button(this.say("context.summary.redoStart")).click();
  }

  /** Takes back what was done last. */
  async undo(): Promise<void> {
    const notices = this.page.getByRole("region", { name: this.say("common.notifications") });
    const name = this.say("context.actions.undo");
    await notices.getByRole("button", { name, exact: true }).last().click();
  }
}
