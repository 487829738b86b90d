import type { Locator, Page } from "@playwright/test";
import { words, type Language, type Words } from "../words";

/** The set-up, one question a page. */
export class SetupPage {
  readonly page: Page;
  readonly say: Words;

  constructor(page: Page, language: Language = "en") {
    this.page = page;
    this.say = words(language);
  }

  heading(name: string): Locator {
    return this.page.getByRole("heading", { name, level: 1 });
  }

  get welcome(): Locator {
    return this.heading(this.say("setup.welcome.title"));
  }

  get choose(): Locator {
    return this.heading(this.say("setup.choose.title"));
  }

  get connect(): Locator {
    return this.heading(this.say("setup.connect.compatibleTitle"));
  }

  get models(): Locator {
    return this.heading(this.say("setup.models.title"));
  }

  get baseUrl(): Locator {
    return this.page.getByLabel(this.say("setup.connect.baseUrl"), { exact: true });
  }

  get key(): Locator {
    return this.page.getByLabel(this.say("setup.connect.key"), { exact: true });
  }

  get name(): Locator {
    return this.page.getByLabel(this.say("setup.connect.name"), { exact: true });
  }

  button(name: string): Locator {
    return this.page.getByRole("button", { name, exact: true });
  }

  async makeAccount(account: { name: string; email: string; password: string }): Promise<void> {
    const field = (name: string) => this.page.getByLabel(name, { exact: true });
    await field(this.say("auth.fields.name")).fill(account.name);
    await field(this.say("auth.fields.email")).fill(account.email);
    await field(this.say("auth.fields.password")).fill(account.password);
    await this.button(this.say("setup.welcome.submit")).click();
  }

  /** A row of the list of providers, by the start of its words. */
  choice(title: string): Locator {
    return this.page.getByRole("button", { name: new RegExp(`^${title}`) });
  }

  async test(): Promise<void> {
    await this.button(this.say("setup.connect.test")).click();
  }
}
