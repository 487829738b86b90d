import "server-only";
import { Prisma } from "@/generated/prisma/client";

/**
 * What a model cost at a moment, as in priceVersionSchema; null where that is unknown, as also after
 * an admin has said so.
 *
 * @param modelId and `moment`: expressions of the statement that this becomes part of.
 */
export const priceAt = (modelId: Prisma.Sql, moment: Prisma.Sql) => Prisma.sql`(
  SELECT CASE WHEN r.currency <> ${unknownPrice} THEN json_build_object('id', r.id,
    'currency', r.currency, 'inputMicros', r.input_micros, 'outputMicros', r.output_micros,
    'cachedInputMicros', r.cached_input_micros, 'reasoningMicros', r.reasoning_micros,
    'validFrom', r.valid_from) END
  FROM prices r WHERE r.model_id = ${modelId} AND r.valid_from <= ${moment}
  ORDER BY r.valid_from DESC, r.id DESC LIMIT 1)`;

/** In the place of a currency: from then on the price is unknown. */
export const unknownPrice = "none";
