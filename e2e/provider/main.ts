import { parseArgs } from "node:util";
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
    "",
  ].join("\n"),
);

const stop = () => {
  void provider.close().then(() => process.exit(0));
};
process.on("SIGINT", stop).on("SIGTERM", stop);
