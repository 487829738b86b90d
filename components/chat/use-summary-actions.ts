"use client";

import { useTranslations } from "next-intl";
import type { Failure } from "@/lib/client/chat/failure";
import { useUndoToast } from "@/lib/client/chat/use-undo-toast";
import { useSummaryStore } from "@/lib/client/chat/use-summary";
import { useErrorSentence } from "@/lib/client/error-sentence";
import { showToast } from "@/lib/client/toasts";
import type { Summary } from "@/lib/contracts/context";

/** What can be done with a summary, each with an undo. */
export function useSummaryActions() {
  const translate = useTranslations("context.summary");
  const sayError = useErrorSentence();
  const store = useSummaryStore();
  const say = useUndoToast();

  const readSummary = (): Summary | null => store.state.get().answer?.summary ?? null;
  const complain = (failure: Failure | null) => {
    if (failure === null) return;
    showToast({ kind: "error", text: sayError(failure.code, failure.details) });
  };
  const takeBack = async (act: () => Promise<boolean>) => {
    if (!(await act())) complain(store.state.get().failure);
  };
  const goBackTo = (before: Summary | null) =>
    before === null ? null : () => void takeBack(() => store.restore(before));

  return {
    /** @returns whether it was saved. */
    save: async (): Promise<boolean> => {
      const before = readSummary();
      const isSaved = await store.saveDraft();
      if (isSaved) say(translate("saved"), goBackTo(before));
      return isSaved;
    },

    /** Gives up what was written, which can be brought back. */
    discard: () => {
      const { draft } = store.state.get();
      const isChanged = draft !== null && draft !== readSummary()?.text;
      store.edit(null);
      if (!isChanged) return;
      say(translate("discarded"), () => {
        store.edit(draft);
      });
    },

    make: async (modelId: string | null) => {
      const before = readSummary();
      const isMade = await store.make(modelId);
      if (isMade) say(translate(before === null ? "made" : "redone"), goBackTo(before));
    },

    /** Makes the first one, where its section may not be on the page. */
    makeFirst: async () => {
      if (await store.make(null)) say(translate("made"), null);
      else {
        const { failure } = store.state.get();
        // One long round is all there is.
        if (failure?.code !== "invalid_input") complain(failure);
      }
    },

    setOff: async (isOff: boolean) => {
      if (await store.setOff(isOff))
        say(
          translate(isOff ? "turnedOff" : "turnedOn"),
          () => void takeBack(() => store.setOff(!isOff)),
        );
      else complain(store.state.get().failure);
    },
  };
}
