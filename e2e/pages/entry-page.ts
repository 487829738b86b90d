import type { Locator, Page } from "@playwright/test";
import type { Credentials } from "../fixtures/api-client";
import { words, type Language, type Words } from "../words";

/** Signing in and registering. */
export class EntryPage {
  readonly page: Page;
  readonly say: Words;

  constructor(page: Page, language: Language = "en") {
    this.page = page;
    this.say = words(language);
  }

  field(name: "name" | "email" | "password"): Locator {
    return this.page.getByLabel(this.say(`auth.fields.${name}`), { exact: true });
  }

  get alert(): Locator {
    // Next's own announcer of routes is an alert, too.
    return this.page.getByRole("main").getByRole("alert").filter({ hasText: /\S/ });
  }

  get signInHeading(): Locator {
    return this.page.getByRole("heading", { name: this.say("auth.signIn.title") });
  }

  async signIn({ email, password }: Credentials): Promise<void> {
    await this.field("email").fill(email);
    await this.field("password").fill(password);
    await this.page.getByRole("button", { name: this.say("auth.signIn.submit") }).click();
  }

  async register(account: Credentials & { name: string }): Promise<void> {
    await this.field("name").fill(account.name);
    await this.field("email").fill(account.email);
    await this.field("password").fill(account.password);
    await this.page.getByRole("button", { name: this.say("auth.register.submit") }).click();
  }
}
