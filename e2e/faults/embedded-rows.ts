import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { readRows, type Rows } from "./rows";

/** Reads an embedded database that no server holds any more. */
export async function readEmbeddedRows(dataDir: string, conversationIds: string[]): Promise<Rows> {
  const database = await PGlite.create(path.join(dataDir, "database"));
  try {
    return await readRows((sql, values) => database.query(sql, values), conversationIds);
  } finally {
    await database.close();
  }
}
