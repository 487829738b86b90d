import { expect, test } from "./fixtures/test";
import { ParameterPanel } from "./pages/parameter-panel";

test("presets: those that ship, and one's own to save, rename, take back and use elsewhere", async ({
  memberPage: page,
  watch,
}) => {
  watch.allow(/status of 409/);
  await page.goto("/");
  const panel = new ParameterPanel(page);
  const { say } = panel;
  await panel.open();
  await expect(panel.preset(say("parameters.presets.balanced"))).toHaveAttribute(
    "aria-pressed",
    "true",
  );
  await panel.preset(say("parameters.presets.exact")).click();
  await expect(panel.number("temperature")).toHaveValue("0.2");
  await expect(panel.number("topP")).toHaveValue("0.6");
  await expect(panel.number("frequencyPenalty")).toHaveValue("0.2");
  await panel.type("temperature", "0.4");
  await expect(panel.preset(say("parameters.presets.exact"))).toHaveAttribute(
    "aria-pressed",
    "false",
  );

  await panel.action(say("parameters.presets.save")).click();
  const name = panel.dialog.getByLabel(say("parameters.presets.name"));
  await expect(name).toBeFocused();
  await page.keyboard.type("周报");
  await page.keyboard.press("Enter");
  await expect(panel.preset("周报")).toHaveAttribute("aria-pressed", "true");

  // What one had put together can be had back.
  await panel.type("temperature", "1.1");
  await panel.preset(say("parameters.presets.creative")).click();
  await expect(panel.number("temperature")).toHaveValue("0.8");
  await page.getByRole("button", { name: say("parameters.presets.undo"), exact: true }).click();
  await expect(panel.number("temperature")).toHaveValue("1.1");

  await panel.action(say("parameters.presets.save")).click();
  await name.fill("周报");
  await name.press("Enter");
  await expect(panel.dialog.getByText(say("parameters.presets.nameTaken"))).toBeVisible();
  await name.press("Escape");
  await expect(panel.dialog).toBeVisible();

  await page.reload();
  await panel.open();
  await panel.preset("周报").click();
  await expect(panel.number("temperature")).toHaveValue("0.4");
  await panel.action(say("parameters.presets.rename", { name: "周报" })).click();
  await name.fill("Weekly");
  await name.press("Enter");
  await panel.action(say("parameters.presets.delete", { name: "Weekly" })).click();
  await expect(panel.preset("Weekly")).toBeHidden();
  await page.getByRole("button", { name: say("parameters.presets.undo"), exact: true }).click();
  await expect(panel.preset("Weekly")).toHaveAttribute("aria-pressed", "true");
});
