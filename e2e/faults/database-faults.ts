import type { TestDatabase } from "../fixtures/test-database";
import type { Stage } from "./stage";

/** Makes the next writes of messages and generations fail with an error code of PostgreSQL's. */
export async function failWrites(
  { query }: TestDatabase,
  { code, times = 1_000_000 }: { code: string; times?: number },
): Promise<void> {
  // A sequence, since it is the one thing that a rollback does not take back.
  await query(`
    CREATE SEQUENCE fault_count;
    CREATE FUNCTION fail_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      IF nextval('public.fault_count') <= ${String(times)} THEN
        RAISE EXCEPTION 'made to fail' USING ERRCODE = '${code}';
      END IF;
      RETURN NULL;
    END $$;
    CREATE TRIGGER fail_write AFTER INSERT OR UPDATE ON messages
      FOR EACH STATEMENT EXECUTE FUNCTION fail_write();
    CREATE TRIGGER fail_write AFTER INSERT OR UPDATE ON generations
      FOR EACH STATEMENT EXECUTE FUNCTION fail_write();`);
}

export async function mendWrites({ query }: TestDatabase): Promise<void> {
  await query(`
    DROP TRIGGER IF EXISTS fail_write ON messages;
    DROP TRIGGER IF EXISTS fail_write ON generations;
    DROP FUNCTION IF EXISTS fail_write();
    DROP SEQUENCE IF EXISTS fault_count;`);
}

/** How many rows of messages were written since this was first asked; 0 where nobody counts. */
export async function countWrites({ database }: Stage): Promise<number> {
  if (database === null) return 0;
  await database.query(`
    CREATE SEQUENCE IF NOT EXISTS write_count;
    CREATE OR REPLACE FUNCTION count_write() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
    BEGIN
      PERFORM nextval('public.write_count');
      RETURN NULL;
    END $$;
    CREATE OR REPLACE TRIGGER count_write AFTER INSERT OR UPDATE ON messages
      FOR EACH ROW EXECUTE FUNCTION count_write();`);
  const { rows } = await database.query("SELECT last_value::int AS count FROM write_count");
  return (rows as { count: number }[])[0]?.count ?? 0;
}
