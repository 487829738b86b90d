import * as z from "zod";

/** An id, whether made by us (UUIDv7) or by a client (UUID, nanoid, cuid). */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{8,64}$/);

/** The path parameters of a route about one row. */
export const idParamsSchema = z.object({ id: idSchema });
