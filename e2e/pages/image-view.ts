import { expect, type Locator } from "@playwright/test";
import type { Picture } from "../fixtures/pictures";
import type { ChatPage } from "./chat-page";

/** The images of the message that is being written, of those that were sent, and one of them whole. */
export class ImageView {
  readonly #chat: ChatPage;

  constructor(chat: ChatPage) {
    this.#chat = chat;
  }

  get #form(): Locator {
    return this.#chat.page.locator("form").filter({ has: this.#chat.composer });
  }

  /** What is in the composer. */
  get tray(): Locator {
    return this.#form.getByRole("list", { name: this.#chat.say("images.tray") });
  }

  get waiting(): Locator {
    return this.tray.getByRole("listitem");
  }

  get addButton(): Locator {
    return this.#form.getByRole("button", { name: this.#chat.say("images.add") });
  }

  async pick(...pictures: Picture[]): Promise<void> {
    const chooser = this.#chat.page.waitForEvent("filechooser");
    await this.addButton.click();
    await (await chooser).setFiles(pictures);
  }

  async waitUntilUploaded(count: number): Promise<void> {
    await expect(this.waiting).toHaveCount(count);
    await expect(this.tray.getByRole("progressbar")).toHaveCount(0);
  }

  removeButton(name: string): Locator {
    return this.tray.getByRole("button", { name: this.#chat.say("images.remove", { name }) });
  }

  /** What opens an image of a message. */
  thumb(name: string): Locator {
    return this.#chat.questions.getByRole("button", {
      name: this.#chat.say("images.open", { name }),
    });
  }

  /** An image that stands alone on the page. */
  lightbox(name: string): Locator {
    return this.#chat.page.getByRole("dialog", { name });
  }
}

/** Waits until an image has arrived, and is no broken one. */
export async function expectLoaded(image: Locator): Promise<void> {
  await image.scrollIntoViewIfNeeded();
  await expect
    .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth))
    .toBeGreaterThan(0);
}
