import { createContext, use } from "react";
import type { ParameterName, Parameters } from "@/lib/contracts/parameters";
import type { ModelOption } from "@/lib/contracts/providers";
import {
  isFormatTaken,
  judgeParameter,
  type Judgement,
} from "@/lib/domain/parameters/judge-parameter";

/** What the rows of the panel share. */
type ParameterPanelValue = {
  parameters: Parameters | null;
  model: ModelOption;
  set: <Name extends ParameterName>(name: Name, value: Parameters[Name] | undefined) => void;
  /** Shows the sentence about a parameter. */
  explain: (name: ParameterName) => void;
};

export const ParameterContext = createContext<ParameterPanelValue | null>(null);

export function useParameterPanel(): ParameterPanelValue {
  const value = use(ParameterContext);
  if (value === null) throw new Error("A parameter panel is needed around useParameterPanel().");
  return value;
}

type ParameterState<Name extends ParameterName> = {
  /** undefined: the model's default. */
  value: Parameters[Name] | undefined;
  set: (value: Parameters[Name] | undefined) => void;
  judgement: Judgement;
  /** The model does not take it: the value is kept, and nothing can be changed. */
  isDisabled: boolean;
};

/** One of the parameters, and what becomes of it at the model. */
export function useParameter<Name extends ParameterName>(name: Name): ParameterState<Name> {
  const { parameters, model, set } = useParameterPanel();
  const judgement = judgeParameter(name, parameters, model);
  const { kind } = judgement;
  return {
    value: parameters?.[name],
    set: (value) => {
      set(name, value);
    },
    judgement,
    isDisabled: kind === "fixed" || (kind === "left_out" && !isFormatToChoose(name, model)),
  };
}

/** Another form of the answer may still be had where the chosen one is not. */
function isFormatToChoose(name: ParameterName, model: ModelOption): boolean {
  if (name !== "responseFormat" || model.parameters.responseFormat === "no") return false;
  return isFormatTaken("json", model) || isFormatTaken("json_schema", model);
}
