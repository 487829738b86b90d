import "server-only";
import { z } from "zod";
import { judgeBaseUrl } from "@/lib/domain/providers/address-policy";
import { writeEnvironmentProvider } from "../db/providers";
import { getServerValue, setServerValue } from "../db/settings";
import { logger } from "../logger";
import { allowedProviderHosts } from "../providers/allowed-hosts";
import { describeModel } from "../providers/describe-model";
import { readEnvironmentProvider } from "../providers/environment-provider";

const lastModelsKey = "environment-models";

/**
 * Keeps the provider of OPENAI_* in step with the environment. The environment wins over what is
 * stored, also after the first start; only what it says differently than at the last start is
 * applied, so that a model which an admin hid stays hidden.
 */
export async function seedEnvironmentProvider(): Promise<void> {
  const system = { system: "start" };
  const provider = readEnvironmentProvider();
  if (provider === null) {
    await writeEnvironmentProvider(system, null);
    return;
  }
  const verdict = judgeBaseUrl(provider.baseUrl, { allowedHosts: allowedProviderHosts() });
  if (!verdict.isAllowed) {
    logger().error({ variable: "OPENAI_BASE_URL", reason: verdict.reason }, "address refused");
  }
  const last = (await getServerValue(system, lastModelsKey, z.array(z.string()))) ?? [];
  const [first = null] = provider.models;
  await writeEnvironmentProvider(system, {
    provider: {
      name: provider.name,
      kind: provider.kind,
      baseUrl: provider.baseUrl,
      apiVersion: provider.apiVersion,
    },
    added: provider.models
      .filter((name) => !last.includes(name))
      .map((name) => describeModel(provider.kind, name)),
    removed: last.filter((name) => !provider.models.includes(name)),
    newDefault: first === last[0] ? null : first,
  });
  await setServerValue(system, lastModelsKey, provider.models);
}
