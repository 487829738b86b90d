import "server-only";

type Waiter = { grant: () => void; isGranted: boolean };
type Provider = { taken: number; limit: number; line: Waiter[] };

/** A place among the calls that run at a provider, or in the line for one. */
export type Place = {
  /** Resolves when it is ours. */
  granted: Promise<void>;
  isGranted: () => boolean;
  /** Gives it back, or leaves the line. */
  release: () => void;
};

/** How many calls run at each provider at a time, on this instance. First come, first served. */
export class ProviderPlaces {
  private readonly providers = new Map<string, Provider>();

  /** @param limit of the provider as it is set now; null when there is none. */
  take(providerId: string, limit: number | null): Place {
    const provider = this.find(providerId);
    provider.limit = limit ?? Number.POSITIVE_INFINITY;
    const granted = Promise.withResolvers<undefined>();
    const waiter: Waiter = {
      isGranted: false,
      grant: () => {
        waiter.isGranted = true;
        provider.taken += 1;
        granted.resolve(undefined);
      },
    };
    provider.line.push(waiter);
    this.serve(providerId, provider);
    let isReleased = false;
    return {
      granted: granted.promise,
      isGranted: () => waiter.isGranted,
      release: () => {
        if (isReleased) return;
        isReleased = true;
        if (waiter.isGranted) provider.taken -= 1;
        else provider.line.splice(provider.line.indexOf(waiter), 1);
        this.serve(providerId, provider);
      },
    };
  }

  private find(providerId: string): Provider {
    const known = this.providers.get(providerId);
    if (known !== undefined) return known;
    const made: Provider = { taken: 0, limit: Number.POSITIVE_INFINITY, line: [] };
    this.providers.set(providerId, made);
    return made;
  }

  private serve(providerId: string, provider: Provider): void {
    while (provider.taken < provider.limit) {
      const next = provider.line.shift();
      if (next === undefined) break;
      next.grant();
    }
    if (provider.taken === 0 && provider.line.length === 0) this.providers.delete(providerId);
  }
}
