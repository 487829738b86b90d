import { describe, expect, it } from "vitest";
import { db } from "../db/client";
import { useSummaries } from "./testing-summaries";

const { begin, tell, say, findSummaries, summaryRequests, chatRequests } = useSummaries();

describe("a summary after a turn", () => {
  it("is made of what is older than the last rounds, and goes along behind the system prompt", async () => {
    const id = await begin(2, { systemPrompt: "Be brief." });
    await tell(id, 1, 3);
    expect(await findSummaries(id)).toEqual([]);
    await tell(id, 4, 4);
    const [summary] = await findSummaries(id);
    expect(summary).toMatchObject({ coveredCount: 4, source: "model", excludedIds: [] });
    expect(summary?.text).toBe("They spoke of FACT-1 FACT-2.");
    await say(id, "What do you know?");
    const sent = chatRequests().at(-1)?.messages ?? [];
    expect(sent[0]?.role).toBe("system");
    expect(sent[0]?.content).toMatch(/^Be brief\./);
    expect(sent[0]?.content).toContain("They spoke of FACT-1 FACT-2.");
    expect(sent.slice(1).map(({ content }) => content)).toEqual([
      "FACT-3: so it is.",
      "You said: FACT-3: so it is.",
      "FACT-4: so it is.",
      "You said: FACT-4: so it is.",
      "What do you know?",
    ]);
    expect(summaryRequests()).toHaveLength(1);
  });

  it("is booked as a generation of its own, with its attempt", async () => {
    const id = await begin(1);
    await tell(id, 1, 3);
    const [summary] = await findSummaries(id);
    const generations = await db().generation.findMany({
      where: { conversationId: id, kind: "summary" },
      include: { attempts: true },
    });
    expect(generations).toHaveLength(1);
    expect(generations[0]).toMatchObject({
      id: summary?.generationId,
      messageId: summary?.id,
      status: "complete",
      finishReason: "stop",
      usageSource: "reported",
    });
    expect(generations[0]?.inputTokens).toBeGreaterThan(100);
    expect(generations[0]?.attempts).toHaveLength(1);
  });
});
