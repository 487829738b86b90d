const key = "parley.model";

/** The model that was picked last in this browser; new conversations begin with it. */
export function readLastModel(): string | null {
  try {
    return window.localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function rememberModel(modelId: string): void {
  try {
    window.localStorage.setItem(key, modelId);
  } catch {
    // Forbidden or full: the next new conversation begins with the default model.
  }
}
