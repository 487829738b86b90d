import "server-only";
import type { CapabilityCard } from "@/lib/contracts/cards";
import type { LeftOut } from "@/lib/contracts/parameters";
import type { Json } from "@/lib/domain/chat-completions/json";
import { findDialect } from "@/lib/domain/dialects/dialect";
import { settleCard } from "@/lib/domain/dialects/settle-card";
import type { RequestMessage } from "@/lib/domain/dialects/shape-messages";
import { shapeRequest } from "@/lib/domain/dialects/shape-request";
import type { PromptImage, PromptMessage } from "./prompt-message";
import type { TargetCall } from "./target-call";

/** A request in the dialect of the provider that it goes to. */
export type ProviderRequest = {
  url: string;
  headers: Record<string, string>;
  body: Json;
  /** How many answers it asks for. */
  candidates: number;
  leftOut: LeftOut[];
};

/** What a call asks for, and how it is written; images are read once for all its requests. */
export type RequestWriter = (card: CapabilityCard) => ProviderRequest;

/** Makes ready to write the requests of a call at one of its models. */
export async function prepareRequest(call: TargetCall): Promise<RequestWriter> {
  const { model, key, parameters, n = 1 } = call;
  const { kind, baseUrl, apiVersion } = model.provider;
  const dialect = findDialect(kind);
  const url = dialect.makeChatUrl({ baseUrl, apiVersion, modelName: model.name });
  const headers = dialect.makeHeaders(key?.key ?? null);
  const sees = settleCard(kind, model.name, model.card).capabilities.vision !== "no";
  const messages = await Promise.all(call.prompt.map((message) => toRequestMessage(message, sees)));
  return (card) => {
    const { body, leftOut } = shapeRequest({
      kind,
      modelName: model.name,
      card,
      messages,
      parameters,
      n,
      isStream: true,
      maxOutputTokens: model.maxOutputTokens,
      outputRoom: call.outputRoom,
    });
    return { url, headers, body, leftOut, candidates: "n" in body ? n : 1 };
  };
}

/** Stands for images, in a message without words, for a model that does not see. */
export const unseenImage = "[image]";

async function toRequestMessage(
  { images = [], ...message }: PromptMessage,
  sees: boolean,
): Promise<RequestMessage> {
  if (images.length === 0) return message;
  // Many servers refuse a message of nothing.
  if (!sees) return message.text.trim() === "" ? { ...message, text: unseenImage } : message;
  return { ...message, images: await Promise.all(images.map(toDataUrl)) };
}

async function toDataUrl({ mediaType, readBytes }: PromptImage): Promise<string> {
  return `data:${mediaType};base64,${Buffer.from(await readBytes()).toString("base64")}`;
}
