import type { Locator, Page } from "@playwright/test";
import { words, type Language, type Words } from "../words";

/** The list of conversations and what hangs on it. */
export class Sidebar {
  readonly page: Page;
  readonly say: Words;

  constructor(page: Page, language: Language = "en") {
    this.page = page;
    this.say = words(language);
  }

  get list(): Locator {
    return this.page.getByRole("navigation", { name: this.say("frame.sidebar") });
  }

  get newConversation(): Locator {
    return this.page.getByRole("link", { name: this.say("frame.newConversation"), exact: true });
  }

  /** The link to a conversation, by its title. */
  conversation(title: string): Locator {
    return this.list.getByRole("link", { name: title, exact: true });
  }

  day(name: string): Locator {
    return this.list.getByRole("region", { name });
  }

  async openMenu(title: string): Promise<void> {
    await this.conversation(title).hover();
    await this.list
      .getByRole("button", { name: this.say("frame.conversationMenu", { title }) })
      .click();
  }

  async chooseInMenu(name: string): Promise<void> {
    await this.page.getByRole("menuitem", { name }).click();
  }

  async rename(title: string, next: string): Promise<void> {
    await this.openMenu(title);
    await this.chooseInMenu(this.say("frame.rename"));
    const field = this.page.getByLabel(this.say("frame.renameLabel"));
    await field.fill(next);
    await field.press("Enter");
  }

  async delete(title: string): Promise<void> {
    await this.openMenu(title);
    await this.chooseInMenu(this.say("frame.delete"));
  }

  get undo(): Locator {
    return this.page.getByRole("button", { name: this.say("frame.undo") });
  }

  get userMenu(): Locator {
    return this.page.getByRole("button", { name: this.say("frame.userMenu") });
  }

  async chooseInUserMenu(name: string): Promise<void> {
    await this.userMenu.click();
    await this.page.getByRole("menuitem", { name }).click();
  }

  /** Language and theme are choices rather than commands. */
  async setPreference(name: string): Promise<void> {
    await this.userMenu.click();
    await this.page.getByRole("menuitemradio", { name, exact: true }).click();
  }

  async signOut(): Promise<void> {
    await this.chooseInUserMenu(this.say("frame.signOut"));
  }
}
