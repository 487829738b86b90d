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

  get composer(): Locator {
    return this.page.getByRole("textbox", { name: this.say("chat.composer.label") });
  }

  get sendButton(): Locator {
    return this.page.getByRole("button", { name: this.say("chat.composer.send") });
  }

  get stopButton(): Locator {
    return this.page.getByRole("button", { name: this.say("chat.composer.stop") });
  }

  get messages(): Locator {
    return this.page.getByRole("main").getByRole("article");
  }

  get lastAnswer(): Locator {
    return this.messages.last();
  }

  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press("Enter");
  }

  async waitUntilAnswered(): Promise<void> {
    await expect(this.stopButton).toBeHidden();
  }
}
