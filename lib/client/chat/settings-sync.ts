import type { ContextPolicy } from "@/lib/contracts/context";
import { isSameParameters } from "@/lib/domain/parameters/same-parameters";
import type { Core } from "./conversation-core";
import type { ConversationState } from "./conversation-state";
import { toFailure } from "./failure";
import type { ConversationSettings, SettingsPatch, TurnRequest } from "./transport";

/**
 * Keeps a conversation's settings in step with the server: what is changed here shows at once and
 * goes out one request at a time, the last wish winning; what other devices change is taken over.
 */
export function createSettingsSync(core: Core) {
  const { get, patch, transport } = core;
  /** Changed here, and not on its way yet. */
  let waiting: SettingsPatch = {};
  let sending: SettingsPatch | null = null;
  /** What to go back to when the server refuses. */
  let known: ConversationSettings | null = null;
  let changes = 0;
  let { isSaved: wasSaved } = get();

  core.subscribe(() => {
    const { isSaved } = get();
    if (isSaved === wasSaved) return;
    wasSaved = isSaved;
    // What was changed while the first turn was on its way did not go along with it.
    flush().catch((error: unknown) => {
      patch({ notice: toFailure(error) });
    });
  });

  /**
   * Changes settings; a conversation that is not saved yet sends them with its first turn.
   * @throws ApiError when the server refuses; then they are as before.
   */
  async function change(wish: SettingsPatch): Promise<void> {
    changes += 1;
    known ??= settingsOf(get());
    patch(wish);
    waiting = { ...waiting, ...wish };
    await flush();
  }

  async function flush(): Promise<void> {
    if (sending !== null || !get().isSaved) return;
    try {
      while (Object.keys(waiting).length > 0) {
        sending = waiting;
        waiting = {};
        await transport.changeSettings(get().id, sending);
        known = known === null ? null : { ...known, ...sending };
      }
    } catch (error) {
      const undone = Object.keys({ ...sending, ...waiting });
      waiting = {};
      if (known !== null) patch(pick(known, undone));
      throw error;
    } finally {
      sending = null;
      known = null;
    }
  }

  /** What the server does not know yet. */
  function readUnsaid(): Pick<TurnRequest, "settings"> {
    const { isSaved, systemPrompt, parameters, contextPolicy } = get();
    const { modelId: _, ...unsaid } = { ...sending, ...waiting };
    const own = {
      ...(systemPrompt === null ? {} : { systemPrompt }),
      ...(parameters === null ? {} : { parameters }),
      ...(contextPolicy === null ? {} : { contextPolicy }),
    };
    const settings = isSaved ? unsaid : own;
    return Object.keys(settings).length === 0 ? {} : { settings };
  }

  /** What a turn takes along, so that it never runs ahead of a change. */
  function takeForTurn(): Pick<TurnRequest, "settings"> {
    const taken = readUnsaid();
    if (!get().isSaved) {
      waiting = {};
      known = null;
    }
    return taken;
  }

  /** Takes over what the server has, but for what was changed here meanwhile. */
  function absorb(settings: ConversationSettings): void {
    const state = get();
    const mine = { ...sending, ...waiting };
    const isNews = (name: keyof ConversationSettings) => !(name in mine);
    patch({
      ...(isNews("systemPrompt") ? { systemPrompt: settings.systemPrompt } : {}),
      ...(isNews("modelId") && settings.modelId !== null ? { modelId: settings.modelId } : {}),
      ...(isNews("parameters") && !isSameParameters(settings.parameters, state.parameters)
        ? { parameters: settings.parameters }
        : {}),
      ...(isNews("contextPolicy") && !isSamePolicy(settings.contextPolicy, state.contextPolicy)
        ? { contextPolicy: settings.contextPolicy }
        : {}),
    });
  }

  /** Reads them again: another tab or device has changed them. */
  async function read(): Promise<void> {
    if (!get().isSaved) return;
    const changesBefore = changes;
    try {
      const settings = await transport.readSettings(get().id);
      if (changes === changesBefore) absorb(settings);
    } catch {
      // Nothing to say: the next news, or the next visit, brings them.
    }
  }

  return { change, takeForTurn, readUnsaid, absorb, read };
}

export type SettingsSync = ReturnType<typeof createSettingsSync>;

function settingsOf({ systemPrompt, modelId, parameters, contextPolicy }: ConversationState) {
  return { systemPrompt, modelId, parameters, contextPolicy };
}

function pick(settings: ConversationSettings, names: readonly string[]): SettingsPatch {
  return Object.fromEntries(Object.entries(settings).filter(([name]) => names.includes(name)));
}

function isSamePolicy(one: ContextPolicy | null, other: ContextPolicy | null): boolean {
  if (one === null || other === null) return one === other;
  return one.kind === other.kind && one.rounds === other.rounds && one.tokens === other.tokens;
}
