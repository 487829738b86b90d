import type { ConversationsPage, ConversationSummary } from "@/lib/contracts/conversations";

type Touched = { id: string; updatedAt: string; title: string | undefined };

/** The list with one conversation first; its title stays when none is given. */
export function bringToTop(
  conversations: readonly ConversationSummary[],
  { id, updatedAt, title }: Touched,
): ConversationSummary[] {
  const known = conversations.find((one) => one.id === id);
  const touched = {
    id,
    updatedAt,
    title: title ?? known?.title ?? "",
    isAnswering: known?.isAnswering ?? false,
  };
  return [touched, ...conversations.filter((one) => one.id !== id)];
}

/**
 * The list with a conversation as it is now, where it belongs by its last use. One that belongs
 * below what is loaded comes with its page.
 */
export function placeInOrder(
  { conversations, cursor }: ConversationsPage,
  conversation: ConversationSummary,
): ConversationSummary[] {
  const others = conversations.filter(({ id }) => id !== conversation.id);
  const at = others.findIndex(({ updatedAt }) => updatedAt < conversation.updatedAt);
  const isKnown = others.length < conversations.length;
  if (at < 0 && cursor !== null && !isKnown) return others;
  return others.toSpliced(at < 0 ? others.length : at, 0, conversation);
}

/** The list with a page added at its end; what moved up in the meantime stays where it is. */
export function mergeNextPage(list: ConversationsPage, page: ConversationsPage): ConversationsPage {
  const known = new Set(list.conversations.map(({ id }) => id));
  const added = page.conversations.filter(({ id }) => !known.has(id));
  return { conversations: [...list.conversations, ...added], cursor: page.cursor };
}

/**
 * The list with its head replaced by the server's newest page. What is older than that page stays
 * as it was loaded, and so does what was used here after the server was asked (`askedAt`, ISO).
 */
export function mergeFirstPage(
  list: ConversationsPage,
  page: ConversationsPage,
  askedAt: string,
): ConversationsPage {
  const titles = new Map(page.conversations.map(({ id, title }) => [id, title]));
  const newer = list.conversations
    .filter(({ updatedAt }) => updatedAt >= askedAt)
    .map((one) => ({ ...one, title: titles.get(one.id) ?? one.title }));
  const oldest = page.cursor === null ? undefined : page.conversations.at(-1)?.updatedAt;
  const older =
    oldest === undefined
      ? []
      : list.conversations.filter(({ updatedAt }) => updatedAt < oldest && updatedAt < askedAt);
  const seen = new Set<string>();
  const conversations = [...newer, ...page.conversations, ...older].filter(({ id }) => {
    if (seen.has(id)) return false;
    seen.add(id);
    return true;
  });
  return { conversations, cursor: older.length > 0 ? list.cursor : page.cursor };
}
