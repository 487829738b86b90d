import type { LeftOut, ParameterName, Parameters } from "@/lib/contracts/parameters";
import type { Dialect } from "./dialect-form";
import type { SettledCard } from "./settled-card";

/** What the parts of a request are shaped by. */
export type Shaping = {
  dialect: Dialect;
  card: SettledCard;
  modelName: string;
  parameters: Parameters;
  /** Whether the model is going to think before it answers. */
  isThinking: boolean;
  /** Notes that a parameter did not go along, or not as it was asked for. */
  leaveOut: (name: ParameterName, reason: LeftOut["reason"]) => void;
};
