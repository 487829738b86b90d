import "server-only";
import type { z } from "zod";
import { limits } from "@/lib/contracts/limits";
import { isAdmin, type Actor } from "@/lib/domain/actor";
import { AppError } from "@/lib/domain/errors/app-error";
import { requireActor } from "../auth/actor";
import { lifecycle } from "../start/lifecycle";
import { requireSameOrigin } from "./origin";
import { readJson } from "./read-body";
import { apiHeaders, errorResponse } from "./to-response";

type Schemas = {
  /** Path parameters; a value that does not fit is a row that does not exist. */
  params?: z.ZodType;
  query?: z.ZodType;
  body?: z.ZodType;
  /** Bytes of the body; `limits.bodyBytes` when left out. */
  maxBytes?: number;
};

type Output<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined;

type Given<Who, Options extends Schemas> = {
  actor: Who;
  params: Output<Options["params"]>;
  query: Output<Options["query"]>;
  body: Output<Options["body"]>;
  request: Request;
};

type RouteContext = { params: Promise<unknown> };

const safeMethods = new Set(["GET", "HEAD"]);

/**
 * The gate to HTTP: request → actor → parsed input → handler → response. The handler returns a
 * value (JSON), undefined (204) or a Response (a stream), or throws AppError.
 */
function gate<Who>(proveActor: () => Promise<Who>) {
  return <Options extends Schemas>(
      options: Options,
      handle: (given: Given<Who, Options>) => unknown,
    ) =>
    async (request: Request, context: RouteContext): Promise<Response> => {
      try {
        if (lifecycle().phase === "stopping") throw new AppError("shutting_down");
        if (!safeMethods.has(request.method)) requireSameOrigin(request);
        const actor = await proveActor();
        const input = await readInput(options, request, context);
        return toResponse(await handle({ actor, request, ...input }));
      } catch (error) {
        return errorResponse(error, request);
      }
    };
}

/** A route that anybody may call. */
export const publicRoute = gate(() => Promise.resolve(null));

/** A route for whoever is signed in. */
export const userRoute = gate(requireActor);

/** A route for admins. The role is read from the database on each request. */
export const adminRoute = gate(async (): Promise<Actor> => {
  const actor = await requireActor();
  if (!isAdmin(actor)) throw new AppError("forbidden");
  return actor;
});

async function readInput<Options extends Schemas>(
  options: Options,
  request: Request,
  context: RouteContext,
) {
  const params = options.params?.safeParse(await context.params);
  if (params?.success === false) throw new AppError("not_found");
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const body = options.body && (await readJson(request, options.maxBytes ?? limits.bodyBytes));
  return {
    params: params?.data as Output<Options["params"]>,
    query: parseInput(options.query, query) as Output<Options["query"]>,
    body: parseInput(options.body, body) as Output<Options["body"]>,
  };
}

function parseInput(schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const field = issue?.path.join(".");
  throw new AppError("invalid_input", {
    details: { ...(field ? { field } : {}), reason: issue?.message ?? "not valid" },
  });
}

function toResponse(value: unknown): Response {
  if (value instanceof Response) return value;
  if (value === undefined) return new Response(null, { status: 204, headers: apiHeaders });
  return Response.json(value, { headers: apiHeaders });
}
