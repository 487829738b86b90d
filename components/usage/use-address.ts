"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";

export type Address = {
  search: URLSearchParams;
  /** Changes what the address says, as a step that Back undoes, unless it refines the last one. */
  change: (write: (search: URLSearchParams) => void, how?: "push" | "replace") => void;
};

/** What the page's address says after the question mark. */
export function useAddress(): Address {
  const params = useSearchParams();
  const search = useMemo(() => new URLSearchParams(params), [params]);
  const change = useCallback<Address["change"]>((write, how = "push") => {
    const next = new URLSearchParams(window.location.search);
    write(next);
    const text = next.toString();
    if (text === new URLSearchParams(window.location.search).toString()) return;
    const address = window.location.pathname + (text === "" ? "" : `?${text}`);
    if (how === "push") window.history.pushState(null, "", address);
    else window.history.replaceState(null, "", address);
  }, []);
  return { search, change };
}
