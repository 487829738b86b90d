"use client";

import { usePlanStore } from "@/lib/client/chat/use-context-plan";
import { useLoad } from "@/lib/client/use-load";
import type { ContextPlanView, ContextPolicy } from "@/lib/contracts/context";

type Inherited = { policy: ContextPolicy; from: "user" | "instance" };

/** What holds for a conversation that has no policy of its own; null while it is not known. */
export function useInheritedPolicy({ policy, policyFrom }: ContextPlanView): Inherited | null {
  const store = usePlanStore();
  // Asked for in time: once there is a policy of its own, the plan no longer tells.
  const [loaded] = useLoad("inherited", (signal) => store.fetchInherited(signal).then(toInherited));
  if (policyFrom !== "conversation") return { policy, from: policyFrom };
  return loaded.state === "ready" ? loaded.value : null;
}

function toInherited({ policy, policyFrom }: ContextPlanView): Inherited {
  return { policy, from: policyFrom === "user" ? "user" : "instance" };
}
