import { expect, it, vi } from "vitest";
import { AppError } from "./app-error";

it("is known as one to every copy of its module", async () => {
  vi.resetModules();
  const other = await import("./app-error");
  expect(other.AppError).not.toBe(AppError);
  const error: unknown = new other.AppError("not_found");
  expect(error instanceof AppError).toBe(true);
  expect(new AppError("not_found")).toBeInstanceOf(other.AppError);
});

it("is nothing else", () => {
  for (const value of [new Error("not_found"), { code: "not_found" }, null, "not_found"])
    expect(value instanceof AppError).toBe(false);
});

it("leaves its own kinds apart", () => {
  class Narrower extends AppError {}
  expect(new Narrower("not_found")).toBeInstanceOf(AppError);
  expect(new AppError("not_found") instanceof Narrower).toBe(false);
  expect(new Narrower("not_found") instanceof Narrower).toBe(true);
});
