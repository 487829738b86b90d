import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { noteClose, noteRefusal, playScenario, type ProviderState } from "../chat";
import { parseChatRequest, type ChatRequest } from "../chat-request";
import { findScenario } from "../scenarios/find";
import { findDialectRules } from "./find";
import { findImage } from "./image-colour";
import type { DialectModel, DialectRules, ErrorReply } from "./rules";
import { describeOverflow, findOverflow, readWindow, refuseInOpenAiWords } from "../window";
import { thinkUp } from "./think-up";
import { writeAnswer } from "./write-answer";

type Asked = {
  name: string;
  rules: DialectRules;
  what: "models" | "chat";
  deployment: string | null;
  url: URL;
};

/**
 * Answers what is asked under `/dialect/NAME`, as that provider does. `MODEL!SCENARIO` is the model
 * in a bad hour: it answers by the scenario of that name.
 */
export async function answerDialect(
  incoming: IncomingMessage,
  response: ServerResponse,
  state: ProviderState,
  key: string | null,
): Promise<void> {
  const asked = readPath(incoming);
  if (asked === null) {
    send(response, { status: 404, body: { error: "Not Found" } });
    return;
  }
  const { rules } = asked;
  const given = readKey(incoming, rules);
  const isKeyRight = key === null || given === key || (rules.isOpen === true && given === null);
  const mayPass = isKeyRight || (asked.what === "models" && rules.modelList === "open");
  if (asked.what === "models") {
    if (!mayPass) send(response, rules.refuseKey(given));
    else sendModels(response, rules);
    return;
  }
  const parsed = parseChatRequest(withDeployment(await text(incoming), asked.deployment));
  if ("complaint" in parsed) {
    send(response, rules.refuse(parsed.complaint, parsed.param));
    return;
  }
  const { request } = parsed;
  const { received, attempt } = state.record(request, incoming, isKeyRight);
  if (isKeyRight) await answer(asked, request, response, state, { received, attempt });
  else {
    noteClose(response, received, null);
    send(response, rules.refuseKey(given));
  }
}

async function answer(
  { name: dialect, rules, url }: Asked,
  request: ChatRequest,
  response: ServerResponse,
  state: ProviderState,
  record: ReturnType<ProviderState["record"]>,
): Promise<void> {
  const overflow = findOverflow(request);
  if (overflow !== null) {
    noteRefusal(response, record.received);
    const complaint = describeOverflow(dialect, overflow);
    const body = refuseInOpenAiWords(overflow);
    send(response, complaint === null ? { status: 400, body } : rules.refuse(complaint, null));
    return;
  }
  const [name = "", fault] = readWindow(request.model).name.split("!");
  const scenario = state.findScript(request) ?? findFault(fault);
  if (scenario !== null) {
    await playScenario(scenario, request, response, state, record);
    return;
  }
  noteClose(response, record.received, null);
  const needsVersion = rules.keyHeader === "api-key" && !url.pathname.includes("/openai/v1/");
  if (needsVersion && !url.searchParams.has("api-version")) {
    const body = { error: { code: "404", message: "Resource not found" } };
    send(response, { status: 404, body });
    return;
  }
  const model = Object.hasOwn(rules.models, name) ? rules.models[name] : undefined;
  if (model === undefined) {
    send(response, rules.refuseModel(name));
    return;
  }
  const heeded = heed(rules, model, request);
  if ("refusal" in heeded) send(response, heeded.refusal);
  else {
    const choices = thinkUp(model, heeded.request);
    const { id } = record.received;
    writeAnswer({ response, rules, model, request: heeded.request, id, choices });
  }
}

function findFault(fault: string | undefined) {
  const scenario = fault === undefined ? null : findScenario(fault);
  return scenario === null ? null : { scenario, attempt: null };
}

const always = new Set(["model", "messages", "stream"]);

/** Leaves of a request what the model heeds; or says what it does not take. */
function heed(
  rules: DialectRules,
  model: DialectModel,
  request: ChatRequest,
): { request: ChatRequest } | { refusal: ErrorReply } {
  const heeded: ChatRequest = { model: request.model, messages: request.messages };
  if (request.stream !== undefined) heeded.stream = request.stream;
  for (const [field, value] of Object.entries(request)) {
    if (always.has(field)) continue;
    const rule = model.fields[field] ?? rules.otherFields;
    const complaint =
      rule === "refuse"
        ? rules.nameField(field)
        : typeof rule === "function"
          ? rule(value, request)
          : null;
    if (complaint !== null) return { refusal: rules.refuse(complaint, field) };
    if (rule !== "ignore") heeded[field] = value;
  }
  const complaint =
    model.vision === "refuses" && findImage(request) !== null
      ? "Invalid content type. image_url is only supported by certain models."
      : (model.checkMessages?.(request) ?? null);
  return complaint === null
    ? { request: heeded }
    : { refusal: rules.refuse(complaint, "messages") };
}

function readPath(incoming: IncomingMessage): Asked | null {
  const url = new URL(incoming.url ?? "/", "http://provider");
  const [, name = "", rest = ""] = /^\/dialect\/([\w-]+)(\/.*)$/.exec(url.pathname) ?? [];
  const rules = findDialectRules(name);
  if (rules === null) return null;
  if (rules.keyHeader === "api-key") return readAzurePath(`${incoming.method ?? "GET"} ${rest}`);
  const what = `${incoming.method ?? "GET"} ${rest}`;
  if (what === `POST ${rules.basePath}/chat/completions`)
    return { name, rules, what: "chat", deployment: null, url };
  if (what === `GET ${rules.basePath}/models` && rules.modelList !== "none")
    return { name, rules, what: "models", deployment: null, url };
  return null;

  function readAzurePath(what: string): Asked | null {
    // Its list is of the models that could be deployed.
    if (/^GET \/openai\/(?:v1\/)?models$/.test(what) && rules !== null)
      return { name, rules, what: "models", deployment: null, url };
    const [, place] =
      /^POST \/openai\/(v1|deployments\/[^/]+)\/chat\/completions$/.exec(what) ?? [];
    if (place === undefined || rules === null) return null;
    const deployment = place === "v1" ? null : decodeURIComponent(place.split("/")[1] ?? "");
    return { name, rules, what: "chat", deployment, url };
  }
}

function readKey({ headers }: IncomingMessage, { keyHeader }: DialectRules): string | null {
  if (keyHeader === "authorization") return headers.authorization?.replace(/^Bearer /, "") ?? null;
  const given = headers["api-key"];
  return typeof given === "string" ? given : null;
}

// At Azure the deployment says which model it is, and `model` in the body nothing.
function withDeployment(json: string, deployment: string | null): string {
  if (deployment === null) return json;
  try {
    return JSON.stringify({ ...(JSON.parse(json) as object), model: deployment });
  } catch {
    return json;
  }
}

function sendModels(response: ServerResponse, { models, keyHeader }: DialectRules): void {
  const names = keyHeader === "api-key" ? ["gpt-that-could-be-deployed"] : Object.keys(models);
  const data = names.map((id) => ({ id, object: "model", owned_by: "e2e" }));
  send(response, { status: 200, body: { object: "list", data } });
}

function send(response: ServerResponse, { status, body }: ErrorReply): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
