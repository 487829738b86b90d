import { randomUUID } from "node:crypto";
import { countText } from "@/lib/domain/tokens/count-text";
import type { RunSql } from "./database";

/** A conversation with a past, ready to be opened or gone on with. */
export type History = { size: number; conversationId: string; leafId: string };

const wordsPerMessage = 60;
const syllables = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu".split(" ");

/** A repeatable dice: the same numbers in every run. */
function makeDice(seed: number): (sides: number) => number {
  let state = seed;
  return (sides) => {
    // The constants of Numerical Recipes; the low bits of such a generator are poor, so not them.
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * sides);
  };
}

/** Sixty words that are as hard to compress as prose: the page's weight depends on it. */
function writeBody(index: number): string {
  const roll = makeDice(index + 1);
  const writeWord = () => {
    // Few words make up most of a text.
    const word = makeDice(roll(2) === 0 ? roll(40) : roll(2_000));
    return Array.from({ length: 1 + word(4) }, () => syllables[word(syllables.length)]).join("");
  };
  return Array.from({ length: wordsPerMessage }, writeWord).join(" ");
}

/** Writes a conversation for a user, faster than turns would. */
export async function writeHistory(
  run: RunSql,
  email: string,
  size: number,
  writeText: (index: number) => string = writeBody,
): Promise<History> {
  const conversationId = randomUUID();
  const ids = Array.from({ length: size }, () => randomUUID());
  const leafId = ids.at(-1) ?? "";
  await run(
    `INSERT INTO conversations (id, user_id, title, active_leaf_id)
     SELECT $1, id, $2, $3 FROM users WHERE email = $4`,
    [conversationId, `${size} messages`, leafId, email],
  );
  const rows = ids.map((id, index) => {
    const text = writeText(index);
    return {
      id,
      parent: ids[index - 1] ?? null,
      role: index % 2 === 0 ? "user" : "assistant",
      parts: [{ type: "text", text }],
      tokens: countText(text),
      age: size - index,
    };
  });
  await run(
    `INSERT INTO messages
       (id, conversation_id, parent_id, role, parts, status, token_counts, created_at)
     SELECT id, $1, parent, role::message_role, parts, 'complete', tokens,
            now() - age * interval '1 minute'
     FROM jsonb_to_recordset($2::jsonb)
       AS m(id text, parent text, role text, parts jsonb, tokens jsonb, age int)`,
    [conversationId, JSON.stringify(rows)],
  );
  return { size, conversationId, leafId };
}
