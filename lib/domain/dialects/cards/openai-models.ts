import type { ModelFamily } from "./model-family";

export const openAiModels: readonly ModelFamily[] = [];
