import { useTranslations } from "next-intl";
import type { PriceChange, PriceEntry, PricePreset } from "@/lib/contracts/prices";
import { createPrice } from "./price-api";
import { usePriceWords } from "./use-price-words";
import { useSave } from "./use-save";

type Saved = (versions: PriceEntry[]) => void | Promise<void>;

/** Adds a version to a model's price and says from when it holds; whether it was added. */
export function useSavePrice(modelId: string, timeZone: string, onSaved: Saved) {
  const translate = useTranslations("prices");
  const { sayDate } = usePriceWords(timeZone);
  const save = useSave();

  const savePrice = (price: PriceChange): Promise<boolean> => {
    const { currency, validFrom } = price;
    const words = currency === null ? "savedUnknown" : "saved";
    return save({
      change: async () => {
        await onSaved(await createPrice({ ...price, modelId }));
      },
      text:
        validFrom == null
          ? translate(words)
          : translate(`${words}Future`, { date: sayDate(validFrom) }),
    });
  };
  return {
    savePrice,
    /** Takes over a price that ships, from now on, with where it was read. */
    takeOver: ({ amounts, source }: PricePreset) =>
      savePrice({ ...amounts, source: `${source.url} (${source.seenOn})` }),
  };
}
