import type { Locator, Page } from "@playwright/test";
import { expect } from "@playwright/test";
import { words, type Language, type Words } from "../words";

/** A conversation: its messages and the composer at its foot. */
export class ChatPage {
  readonly page: Page;
  readonly say: Words;

  constructor(page: Page, language: Language = "en") {
    this.page = page;
    this.say = words(language);
  }

  /** Of the conversation that is open. */
  get conversationId(): string {
    return new URL(this.page.url()).pathname.replace("/c/", "");
  }

  get composer(): Locator {
    return this.page.getByRole("textbox", { name: this.say("chat.composer.label"), exact: true });
  }

  get sendButton(): Locator {
    return this.button(this.say("chat.composer.send"));
  }

  get stopButton(): Locator {
    return this.button(this.say("chat.composer.stop"));
  }

  get questions(): Locator {
    return this.page.getByRole("article", { name: this.say("chat.you") });
  }

  get answers(): Locator {
    return this.page.getByRole("article", { name: this.say("chat.answer") });
  }

  get lastAnswer(): Locator {
    return this.answers.last();
  }

  /** What is said about an answer that ended early. */
  get failure(): Locator {
    return this.lastAnswer.getByRole("alert");
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  /** Another model answers from now on. */
  async pickModel(name: string): Promise<void> {
    await this.page.getByRole("button", { name: this.#modelButton }).click();
    await this.modelOption(name).click();
  }

  /** A model in the open picker. */
  modelOption(name: string): Locator {
    return this.page
      .getByRole("listbox", { name: this.say("chat.model.label"), exact: true })
      .getByRole("option", { name, exact: true });
  }

  get #modelButton(): RegExp {
    return new RegExp(`^${this.say("chat.model.pick", { name: "" }).trim()}`);
  }

  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  async waitUntilAnswered(): Promise<void> {
    await expect(this.lastAnswer).toHaveAttribute("aria-busy", "false");
    await expect(this.sendButton).toBeVisible();
  }

  /** Sends, and waits for the whole answer. */
  async ask(text: string): Promise<void> {
    const before = await this.answers.count();
    await this.send(text);
    await expect(this.answers).toHaveCount(before + 1);
    await this.waitUntilAnswered();
  }
}
