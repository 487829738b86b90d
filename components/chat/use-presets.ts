import { callApi, toApiError, type ApiError } from "@/lib/client/api";
import { shape } from "@/lib/client/shape";
import { createStore, useStore } from "@/lib/client/store";
import { useLoad } from "@/lib/client/use-load";
import type { ParameterPreset } from "@/lib/contracts/parameters";

const listShape = shape<{ presets: ParameterPreset[] }>({ presets: "list" });
const presetShape = shape<ParameterPreset>({ id: "string", name: "string" });

const pathOf = (id: string) => `/api/me/presets/${encodeURIComponent(id)}`;

type Presets = {
  own: readonly ParameterPreset[];
  isFailed: boolean;
  reload: () => void;
  /** @returns what went wrong, or null. */
  add: (preset: Omit<ParameterPreset, "id">) => Promise<ApiError | null>;
  change: (id: string, patch: Partial<Omit<ParameterPreset, "id">>) => Promise<ApiError | null>;
  remove: (id: string) => Promise<ApiError | null>;
};

// Seen before, they are there at once the next time, while the list is read again.
const ownPresets = createStore<readonly ParameterPreset[]>([]);

/** One's own presets. */
export function usePresets(): Presets {
  const [loaded, reload] = useLoad("presets", async (signal) => {
    const { presets } = await callApi("GET", "/api/me/presets", { schema: listShape, signal });
    ownPresets.set(presets);
  });
  return {
    own: useStore(ownPresets),
    isFailed: loaded.state === "failed",
    reload,
    add: (body) =>
      attempt(async () => {
        const made = await callApi("POST", "/api/me/presets", { body, schema: presetShape });
        ownPresets.set((own) => [...own, made]);
      }),
    change: (id, body) =>
      attempt(async () => {
        const made = await callApi("PATCH", pathOf(id), { body, schema: presetShape });
        ownPresets.set((own) => own.map((one) => (one.id === id ? made : one)));
      }),
    remove: (id) =>
      attempt(async () => {
        await callApi("DELETE", pathOf(id));
        ownPresets.set((own) => own.filter((one) => one.id !== id));
      }),
  };
}

async function attempt(run: () => Promise<void>): Promise<ApiError | null> {
  try {
    await run();
    return null;
  } catch (error) {
    return toApiError(error);
  }
}
