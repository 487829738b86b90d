import type { Locator, Page } from "@playwright/test";
import type { ContextMark, ContextPolicyKind } from "@/lib/contracts/context";
import { words, type Language, type Words } from "../words";

/** The plan of the next turn: the panel at the right, and the gauge that opens it. */
export class PlanPanel {
  readonly page: Page;
  readonly say: Words;

  constructor(page: Page, language: Language = "en") {
    this.page = page;
    this.say = words(language);
  }

  get gauge(): Locator {
    const name = new RegExp(`^${this.say("context.gauge.loading")}`);
    return this.page.getByRole("button", { name });
  }

  /** Beside the conversation, or over it where there is no room. */
  get panel(): Locator {
    const name = this.say("context.plan.title");
    return this.page
      .getByRole("region", { name, exact: true })
      .or(this.page.getByRole("dialog", { name, exact: true }));
  }

  get list(): Locator {
    return this.panel.getByRole("list", { name: this.say("context.plan.list"), exact: true });
  }

  /** A message in the list that begins with this text, or an answer that has it. */
  row(text: string): Locator {
    return this.list.getByRole("listitem").filter({ hasText: text });
  }

  action(name: string): Locator {
    return this.panel.getByRole("button", { name, exact: true });
  }

  async open(): Promise<void> {
    await this.gauge.click();
    await this.list.waitFor();
  }

  markButton(row: Locator, mark: ContextMark): Locator {
    const name = this.say("context.marks.menu", { mark: this.say(`context.marks.${mark}`) });
    return row.getByRole("button", { name, exact: true });
  }

  async openMenu(row: Locator): Promise<void> {
    await row.locator("[aria-haspopup=menu]").click();
  }

  async mark(row: Locator, mark: ContextMark): Promise<void> {
    await this.openMenu(row);
    const name = new RegExp(`^${this.say(`context.marks.${mark}`)}`);
    await this.page.getByRole("menuitemradio", { name }).click();
    await this.markButton(row, mark).waitFor();
  }

  async startFrom(row: Locator): Promise<void> {
    await this.openMenu(row);
    await this.page
      .getByRole("menuitem", { name: this.say("context.marks.startHere"), exact: true })
      .click();
    await this.startOver.waitFor();
  }

  /** The way back, where the context starts. */
  get startOver(): Locator {
    return this.list.getByRole("button", { name: this.say("context.plan.startOver"), exact: true });
  }

  /** Takes back what was said in passing to have been done. */
  async undo(done: "excluded" | "policyDefault"): Promise<void> {
    await this.page
      .getByRole("status")
      .filter({ hasText: this.say(`context.actions.${done}`) })
      .getByRole("button", { name: this.say("context.actions.undo"), exact: true })
      .last()
      .click();
  }

  async openPolicy(): Promise<void> {
    await this.action(this.say("context.policy.change")).click();
  }

  policy(kind: ContextPolicyKind): Locator {
    const name = this.say(`context.policyFields.${kind}.title`);
    return this.panel.getByRole("radio", { name, exact: true });
  }

  number(key: "roundsLabel" | "tokensLabel" | "unknownTokensLabel"): Locator {
    return this.panel.getByLabel(this.say(`context.policyFields.${key}`), { exact: true });
  }
}
