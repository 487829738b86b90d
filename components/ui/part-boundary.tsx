"use client";

import { Component, type ReactNode } from "react";
import { noteUnreachable } from "@/lib/client/connection";
import { isMissingPart } from "@/lib/client/events/missing-part";

type PartBoundaryProps = {
  /** Says that it could not be loaded, and closes it. */
  onMissing: () => void;
  children: ReactNode;
};

type State = { fault: Error | null };

/**
 * Around what is loaded only when wanted: code that can't be had takes nothing else off the page.
 * Other faults go on to whoever catches them.
 */
export class PartBoundary extends Component<PartBoundaryProps, State> {
  override state: State = { fault: null };

  static getDerivedStateFromError(fault: Error) {
    return { fault };
  }

  override componentDidCatch(fault: Error): void {
    if (!isMissingPart(fault)) return;
    // Perhaps the network; perhaps a new version, which took the old files away.
    noteUnreachable();
    this.props.onMissing();
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    if (!isMissingPart(fault)) throw fault;
    return null;
  }
}
