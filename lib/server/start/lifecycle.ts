import "server-only";
import { singleton } from "../singleton";

export type Phase = "starting" | "ready" | "stopping";

type Lifecycle = {
  phase: Phase;
  /** Run in order when the process is asked to stop; each must end within seconds. */
  closers: { name: string; close: () => Promise<void> | void }[];
};

export const lifecycle = () =>
  singleton<Lifecycle>("lifecycle", () => ({ phase: "starting", closers: [] }));

/** Registers what must be closed at shutdown; the last registered is closed first. */
export function onShutdown(name: string, close: () => Promise<void> | void): void {
  lifecycle().closers.unshift({ name, close });
}
