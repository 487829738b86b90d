import { expect, type Locator } from "@playwright/test";
import type { Words } from "../words";
import type { ChatPage } from "./chat-page";

/** The line under an answer, and the receipt that it opens. */
export class ReceiptView {
  readonly #chat: ChatPage;

  constructor(chat: ChatPage) {
    this.#chat = chat;
  }

  get say(): Words {
    return this.#chat.say;
  }

  /** Under an answer: its model, tokens and cost. */
  lineOf(answer: Locator = this.#chat.lastAnswer): Locator {
    return answer.getByRole("button", { name: new RegExp(`^${this.say("receipts.open")}`) });
  }

  get panel(): Locator {
    return this.#chat.page.getByRole("dialog", { name: this.say("receipts.title"), exact: true });
  }

  async open(answer?: Locator): Promise<void> {
    await this.lineOf(answer).click();
    await expect(
      this.panel.getByRole("heading", { name: this.say("receipts.total") }),
    ).toBeVisible();
  }

  async close(): Promise<void> {
    await this.#chat.page.keyboard.press("Escape");
    await expect(this.panel).toHaveCount(0);
  }
}
