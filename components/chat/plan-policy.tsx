"use client";

import { useTranslations } from "next-intl";
import { useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { PolicyFields } from "@/components/ui/policy-fields";
import { useSayPolicy } from "@/components/ui/use-say-policy";
import { useConversation } from "@/lib/client/chat/use-conversation";
import { usePlanActions } from "@/lib/client/chat/use-plan-actions";
import type { ContextPlanView } from "@/lib/contracts/context";
import { useInheritedPolicy } from "./use-inherited-policy";

/** How much goes along in this conversation: said in a line, and chosen when one wants to. */
export function PlanPolicy({ plan }: { plan: ContextPlanView }) {
  const translate = useTranslations("context.policy");
  const say = useSayPolicy();
  const [isOpen, setIsOpen] = useState(false);
  const id = useId();
  const own = useConversation((state) => state.contextPolicy);
  return (
    <section className="border-t border-line px-5 py-4" aria-labelledby={`${id}-title`}>
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <h3 id={`${id}-title`} className="text-ui font-semibold">
            {translate("title")}
          </h3>
          <p className="mt-0.5 text-ui text-ink-soft">
            {say(own ?? plan.policy)}
            <span className="block text-small text-ink-faint">
              {translate(`from.${own === null ? plan.policyFrom : "conversation"}`)}
            </span>
          </p>
        </div>
        <Button
          size="sm"
          aria-expanded={isOpen}
          aria-controls={`${id}-choice`}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          {translate(isOpen ? "done" : "change")}
        </Button>
      </div>
      <div id={`${id}-choice`} hidden={!isOpen} className="mt-3">
        {isOpen && <PolicyChoice plan={plan} />}
      </div>
    </section>
  );
}

function PolicyChoice({ plan }: { plan: ContextPlanView }) {
  const translate = useTranslations("context.policy");
  const { changePolicy } = usePlanActions();
  const inherited = useInheritedPolicy(plan);
  const own = useConversation((state) => state.contextPolicy);
  return (
    <PolicyFields
      legend={translate("legend")}
      value={own}
      {...(inherited === null
        ? {}
        : { inherited: { policy: inherited.policy, label: translate(`from.${inherited.from}`) } })}
      window={plan.window}
      onChange={(policy) => void changePolicy(policy)}
    />
  );
}
