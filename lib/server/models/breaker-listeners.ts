import "server-only";

/** Who wants to hear of the changes of which model. */
export class BreakerListeners {
  private readonly byModel = new Map<string, Set<() => void>>();

  /** @returns a function that ends it. */
  add(modelId: string, listener: () => void): () => void {
    const listeners = this.byModel.get(modelId) ?? new Set();
    this.byModel.set(modelId, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.byModel.get(modelId) === listeners)
        this.byModel.delete(modelId);
    };
  }

  tell(modelId: string): void {
    for (const listener of [...(this.byModel.get(modelId) ?? [])]) listener();
  }

  tellAll(): void {
    for (const modelId of [...this.byModel.keys()]) this.tell(modelId);
  }
}
