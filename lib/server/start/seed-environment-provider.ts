import "server-only";
import { z } from "zod";
import { judgeBaseUrl } from "@/lib/domain/providers/address-policy";
import { writeEnvironmentProvider } from "../db/providers";
import { getServerValue, setServerValue } from "../db/settings";
import { logger } from "../logger";
import { allowedProviderHosts } from "../providers/allowed-hosts";
import { describeModel } from "../providers/describe-model";
import {
  environmentSlots,
  readEnvironmentProviders,
  type EnvironmentProvider,
  type EnvironmentSlot,
} from "../providers/environment-provider";

const lastModelsKeys = { openai: "environment-models", azure: "environment-models-azure" } as const;
const addressVariables = { openai: "OPENAI_BASE_URL", azure: "AZURE_OPENAI_ENDPOINT" } as const;

/**
 * Keeps the providers of OPENAI_* and AZURE_OPENAI_* in step with the environment. The environment
 * wins over what is stored, also after the first start; only what it says differently than at the
 * last start is applied, so that a model which an admin hid stays hidden.
 */
export async function seedEnvironmentProviders(): Promise<void> {
  const given = readEnvironmentProviders();
  for (const slot of environmentSlots) {
    const provider = given.find((one) => one.slot === slot) ?? null;
    // With both, the first model of OPENAI_MODEL is the default.
    const mayBeDefault = provider === given.find(({ models }) => models.length > 0);
    await seedProvider(slot, provider, mayBeDefault);
  }
}

async function seedProvider(
  slot: EnvironmentSlot,
  provider: EnvironmentProvider | null,
  mayBeDefault: boolean,
): Promise<void> {
  const system = { system: "start" };
  if (provider === null) {
    await writeEnvironmentProvider(system, slot, null);
    return;
  }
  const { name, kind, baseUrl, apiVersion, models } = provider;
  const verdict = judgeBaseUrl(baseUrl, { allowedHosts: allowedProviderHosts() });
  if (!verdict.isAllowed) {
    logger().error({ variable: addressVariables[slot], reason: verdict.reason }, "address refused");
  }
  const last = (await getServerValue(system, lastModelsKeys[slot], z.array(z.string()))) ?? [];
  const [first = null] = models;
  await writeEnvironmentProvider(system, slot, {
    provider: { name, kind, baseUrl, apiVersion },
    added: models.filter((one) => !last.includes(one)).map((one) => describeModel(kind, one)),
    removed: last.filter((one) => !models.includes(one)),
    newDefault: mayBeDefault && first !== last[0] ? first : null,
  });
  await setServerValue(system, lastModelsKeys[slot], models);
}
