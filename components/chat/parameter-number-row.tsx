"use client";

import { useId } from "react";
import type { CountName } from "@/lib/domain/parameters/number-fields";
import { ParameterNumber } from "./parameter-number";
import { ParameterRow } from "./parameter-row";

/** A whole number to type. */
export function ParameterNumberRow({ name }: { name: CountName }) {
  const id = useId();
  return (
    <ParameterRow
      name={name}
      id={id}
      controlId={id}
      aside={<ParameterNumber name={name} id={id} className="w-32!" />}
    />
  );
}
