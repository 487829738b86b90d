/** Groups a branch into rounds: each user message with the answers that follow it. */
export function splitIntoRounds<Message extends { role: "user" | "assistant" }>(
  branch: readonly Message[],
): Message[][] {
  const rounds: Message[][] = [];
  for (const message of branch) {
    const current = rounds.at(-1);
    if (message.role === "user" || current === undefined) rounds.push([message]);
    else current.push(message);
  }
  return rounds;
}
