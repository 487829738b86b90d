import "server-only";
import type { PricedModel, PricePreset } from "@/lib/contracts/prices";
import type { Actor } from "@/lib/domain/actor";
import { findPricePresets } from "@/lib/domain/pricing/find-presets";
import { findRefusingBudgets } from "@/lib/domain/pricing/find-refusing";
import { findModels } from "../db/models";
import { findMoneyBudgets, findPricesNow } from "../db/prices";
import { findProviders, requireProvider } from "../db/providers";
import { getInstanceSettings } from "../db/settings";

/**
 * Every model with what it costs, what is suggested, and which budgets refuse it for want of a
 * price; those whose price is unknown first, and of these the ones that something is suggested for.
 */
export async function listModelPrices(actor: Actor): Promise<PricedModel[]> {
  const [models, providers, budgets, { cnyPerUsdMicros }] = await Promise.all([
    findModels(actor),
    findProviders(actor),
    findMoneyBudgets(actor),
    getInstanceSettings(),
  ]);
  const prices = await findPricesNow(
    actor,
    models.map(({ id }) => id),
  );
  const priced = models.map((model): PricedModel => {
    const { current = null, next = null } = prices.get(model.id) ?? {};
    const provider = providers.find(({ id }) => id === model.providerId);
    return {
      modelId: model.id,
      providerId: model.providerId,
      providerName: model.providerName,
      name: model.name,
      label: model.label,
      isEnabled: model.isEnabled && provider?.isEnabled === true,
      isDemo: model.isDemo,
      current,
      next,
      presets: provider === undefined ? [] : findPricePresets(provider, model.name),
      // The demo runs in this process and costs nothing.
      refusedBy: model.isDemo
        ? []
        : findRefusingBudgets(current?.amounts ?? null, budgets, cnyPerUsdMicros !== null),
    };
  });
  const rank = ({ isDemo, isEnabled, current, presets }: PricedModel) => {
    if (isDemo) return 4;
    if (current !== null) return 3;
    if (!isEnabled) return 2;
    return presets.length > 0 ? 0 : 1;
  };
  return priced.toSorted((one, other) => rank(one) - rank(other));
}

/** What is suggested for one model. @throws AppError `not_found` without its provider. */
export async function listPricePresets(
  actor: Actor,
  model: { providerId: string; name: string },
): Promise<PricePreset[]> {
  return findPricePresets(await requireProvider(actor, model.providerId), model.name);
}
