"use client";

import { Component, type ReactNode } from "react";

type Props = {
  fallback: ReactNode;
  /** What is rendered; another value is tried anew after a failure. */
  of?: string;
  children: ReactNode;
};

type State = { isBroken: boolean; of: string | undefined };

/** One message, or one block of it, that cannot be rendered must not take the page with it. */
export class RenderBoundary extends Component<Props, State> {
  override state: State = { isBroken: false, of: this.props.of };

  static getDerivedStateFromError() {
    return { isBroken: true };
  }

  static getDerivedStateFromProps({ of }: Props, state: State): State | null {
    return of === state.of ? null : { isBroken: false, of };
  }

  override render() {
    return this.state.isBroken ? this.props.fallback : this.props.children;
  }
}
