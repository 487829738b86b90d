"use client";

import { useState } from "react";

/**
 * A choice as its control shows it: at once, also where the address behind it takes a moment, and
 * then whatever has become of it.
 */
export function usePicked<Value>(value: Value): [Value, (value: Value) => void] {
  const [picked, setPicked] = useState(value);
  const [settled, setSettled] = useState(value);
  if (settled !== value) {
    setSettled(value);
    setPicked(value);
  }
  return [picked, setPicked];
}
