import { useEffect, useEffectEvent, useState } from "react";
import { drafts } from "@/lib/client/chat/drafts";
import { useConversationStore } from "@/lib/client/chat/use-conversation";
import {
  checkSchema,
  type JsonSchema,
  type SchemaFault,
} from "@/lib/domain/parameters/check-schema";
import { isSameParameters } from "@/lib/domain/parameters/same-parameters";

const pauseMs = 500;

type SchemaDraft = {
  text: string;
  fault: SchemaFault | null;
  write: (text: string) => void;
};

/**
 * The text of a schema while it is changed. What is valid is saved at a pause, and when the field
 * goes away; what is not is kept in this browser until it is.
 */
export function useSchemaDraft(saved: JsonSchema, save: (schema: JsonSchema) => void): SchemaDraft {
  const store = useConversationStore();
  const [key] = useState(() => `schema:${store.get().id}`);
  const [draft, setDraft] = useState<string | null>(() => {
    const kept = drafts.readDraft(key);
    return kept === "" ? null : kept;
  });
  const text = draft ?? JSON.stringify(saved, null, 2);
  const checked = checkSchema(text);

  const settle = useEffectEvent(() => {
    if (draft === null || "fault" in checked) return;
    drafts.writeDraft(key, "");
    if (!isSame(checked.schema, saved)) save(checked.schema);
  });
  useEffect(() => {
    const timer = setTimeout(() => {
      settle();
    }, pauseMs);
    return () => {
      clearTimeout(timer);
    };
  }, [draft]);
  useEffect(
    () => () => {
      settle();
    },
    [],
  );

  return {
    text,
    fault: "fault" in checked ? checked.fault : null,
    write: (next) => {
      setDraft(next);
      drafts.writeDraft(key, next);
    },
  };
}

function isSame(one: JsonSchema, other: JsonSchema): boolean {
  const inFull = (schema: JsonSchema) => ({
    responseFormat: { type: "json_schema" as const, name: "same", schema },
  });
  return isSameParameters(inFull(one), inFull(other));
}
