import { expect, type Page } from "@playwright/test";
import type { ApiClient } from "../fixtures/api-client";
import type { App } from "../fixtures/app";
import { textOf } from "../fixtures/conversation";
import { ChatPage } from "../pages/chat-page";
import { readRows, textOfRow, type RunQuery } from "./rows";
import { Talk } from "./talk";

/** A conversation that is held on a page of a browser. */
export class PageTalk extends Talk {
  readonly chat: ChatPage;
  readonly #typed: string[] = [];
  #isBound = false;

  constructor(app: App, api: ApiClient, page: Page) {
    super(app, api);
    this.chat = new ChatPage(page);
  }

  get page(): Page {
    return this.chat.page;
  }

  /** What the person types, with the marker; noted as typed. */
  type(text: string): string {
    const whole = `${this.marker} ${text}`;
    this.#typed.push(whole);
    return whole;
  }

  /** Opens an empty page, sends a first message, and learns which conversation it is. */
  async begin(text = "Tell me."): Promise<void> {
    await this.page.goto("/");
    await this.chat.send(this.type(text));
    await this.bind();
  }

  /** Learns the conversation from the address of the page. */
  async bind(): Promise<void> {
    await expect(this.page).toHaveURL(/\/c\/[\w-]+$/);
    this.id = new URL(this.page.url()).pathname.slice("/c/".length);
    this.#isBound = true;
  }

  /** What was typed must be there, each once; the ids were the browser's to choose. */
  override async adopt(query: RunQuery | null): Promise<void> {
    if (!this.#isBound) return;
    const stored = await this.#readTexts(query);
    for (const [index, text] of this.#typed.splice(0).entries()) {
      const row = stored.find(
        (one) => one.text === text && !this.sent.some(({ id }) => id === one.id),
      );
      const id = row?.id ?? `typed ${String(index + 1)}`;
      this.sent.push({ id, text, isAcknowledged: true, answersAsked: 1 });
    }
  }

  /** On every branch; where only an embedded database knows, on the active one. */
  async #readTexts(query: RunQuery | null): Promise<{ id: string; text: string }[]> {
    const messages =
      query === null
        ? (await this.messages()).map((one) => ({ ...one, text: textOf(one) }))
        : (await readRows(query, [this.id])).messages.map((one) => ({
            ...one,
            text: textOfRow(one),
          }));
    return messages.filter(({ role }) => role === "user");
  }
}
