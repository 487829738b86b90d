import { expect, type Locator, type Page } from "@playwright/test";
import type { Words } from "../words";
import { ChatPage } from "./chat-page";

/** One message with what can be done with it. */
export class MessageView {
  readonly article: Locator;
  readonly #chat: ChatPage;

  constructor(chat: ChatPage, article: Locator) {
    this.#chat = chat;
    this.article = article;
  }

  get #say(): Words {
    return this.#chat.say;
  }

  button(name: string): Locator {
    return this.article.getByRole("button", { name, exact: true });
  }

  /** The switch, when it says that this version of so many is shown. */
  version(at: number, count: number): Locator {
    return this.article.getByRole("group", {
      name: this.#say("chat.branch.label", { at, count }),
      exact: true,
    });
  }

  get previous(): Locator {
    return this.button(this.#say("chat.branch.previous"));
  }

  get next(): Locator {
    return this.button(this.#say("chat.branch.next"));
  }

  get field(): Locator {
    return this.article.getByRole("textbox");
  }

  async edit(): Promise<void> {
    await this.article.hover();
    await this.button(this.#say("chat.message.edit")).click();
    await expect(this.field).toBeFocused();
  }

  async chooseInMenu(key: "editText" | "branchOff" | "delete"): Promise<void> {
    await this.article.hover();
    await this.button(this.#say("chat.message.more")).click();
    await this.#chat.page
      .getByRole("menuitem", { name: this.#say(`chat.message.${key}`), exact: true })
      .click();
  }

  async regenerate(): Promise<void> {
    await this.article.hover();
    await this.button(this.#say("chat.message.regenerate")).click();
  }

  /** Where it begins on the screen. */
  async top(): Promise<number> {
    const box = await this.article.boundingBox();
    return box?.y ?? Number.NaN;
  }
}

export const questionAt = (chat: ChatPage, at: number) =>
  new MessageView(chat, chat.questions.nth(at));
export const answerAt = (chat: ChatPage, at: number) => new MessageView(chat, chat.answers.nth(at));

/** Messages that begin with these words; buttons may follow. */
export const starts = (...texts: string[]) =>
  texts.map((text) => new RegExp(`^${text.replace("?", "[?]")}`));

/** A new conversation of these questions and their answers. */
export async function askAll(page: Page, ...questions: string[]): Promise<ChatPage> {
  await page.goto("/");
  const chat = new ChatPage(page);
  for (const text of questions) await chat.ask(text);
  return chat;
}
