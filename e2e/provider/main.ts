import { parseArgs } from "node:util";
import { dialectNames, findDialectRules } from "./dialects/find";
import { modelNames } from "./scenarios/find";
import { startProvider } from "./server";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4100" },
    "no-key": { type: "boolean", default: false },
  },
});

const provider = await startProvider({
  port: Number(values.port),
  key: values["no-key"] ? null : "sk-test",
});

process.stdout.write(
  [
    `Scripted provider at ${provider.url}`,
    values["no-key"] ? "No key is needed." : "Key: sk-test",
    `Models: ${modelNames.join(", ")}, pace-RATE-COUNT`,
    "Providers that are played as strictly as the real ones (MODEL!SCENARIO for a bad hour):",
    ...dialectNames.map((name) => {
      const { basePath = "", models = {} } = findDialectRules(name) ?? {};
      const origin = `http://127.0.0.1:${String(provider.port)}`;
      return `  ${origin}/dialect/${name}${basePath}  ${Object.keys(models).join(", ")}`;
    }),
    "",
  ].join("\n"),
);

const stop = () => {
  void provider.close().then(() => process.exit(0));
};
process.on("SIGINT", stop).on("SIGTERM", stop);
