"use client";

import { useTranslations } from "next-intl";
import { useEffect, useEffectEvent, useId, useRef, useState } from "react";
import { numberFields, roundTo, type ScaleName } from "@/lib/domain/parameters/number-fields";
import { useParameter } from "./parameter-context";
import { ParameterNumber } from "./parameter-number";
import { ParameterRow } from "./parameter-row";
import "./parameter-slider.css";

/** A number on a scale: to slide, or to type. */
export function ParameterScale({ name }: { name: ScaleName }) {
  const id = useId();
  return (
    <ParameterRow
      name={name}
      id={id}
      controlId={`${id}-slider`}
      aside={<ParameterNumber name={name} id={id} isSecond className="w-20!" />}
    >
      <Slider name={name} id={id} />
    </ParameterRow>
  );
}

function Slider({ name, id }: { name: ScaleName; id: string }) {
  const translate = useTranslations("parameters.panel");
  const { value, set, isDisabled } = useParameter(name);
  const { min, max, step, usual } = numberFields[name];
  const slider = useRef<HTMLInputElement>(null);
  /** Where it is dragged to; kept once it is let go. */
  const [dragged, setDragged] = useState<number | null>(null);
  const settle = useEffectEvent((at: number) => {
    setDragged(null);
    if (at !== value) set(at);
  });
  useEffect(() => {
    const element = slider.current;
    if (element === null) return;
    // React's own event of this name comes with every step of the way.
    const listen = () => {
      settle(roundTo(element.valueAsNumber, 3));
    };
    element.addEventListener("change", listen);
    return () => {
      element.removeEventListener("change", listen);
    };
  }, []);
  const isUnset = value === undefined && dragged === null;
  return (
    <input
      ref={slider}
      id={`${id}-slider`}
      type="range"
      min={min}
      max={max}
      step={step}
      value={dragged ?? value ?? usual}
      disabled={isDisabled}
      aria-valuetext={isUnset ? translate("default") : undefined}
      aria-describedby={`${id}-about ${id}-note`}
      data-unset={isUnset || undefined}
      className="parameter-slider"
      onChange={(event) => {
        setDragged(roundTo(event.currentTarget.valueAsNumber, 3));
      }}
    />
  );
}
