"use client";

import { useState } from "react";
import type { Budget } from "@/lib/contracts/budgets";
import type { Group, GroupMember } from "@/lib/contracts/groups";
import { readBudgets } from "./budget-api";
import type { BudgetMoney } from "./budget-money";
import { BudgetSection } from "./budget-section";
import { readGroups } from "./group-api";
import { GroupSection } from "./group-section";

type Props = {
  initialBudgets: Budget[];
  initialGroups: Group[];
  people: readonly GroupMember[];
  money: BudgetMoney;
};

/** Limits on what may be used, and the people who share some of them. */
export function BudgetSettings({ initialBudgets, initialGroups, people, money }: Props) {
  const [budgets, setBudgets] = useState(initialBudgets);
  const [groups, setGroups] = useState(initialGroups);
  const refresh = async () => {
    const [latestBudgets, latestGroups] = await Promise.all([readBudgets(), readGroups()]);
    setBudgets(latestBudgets);
    setGroups(latestGroups);
  };
  return (
    <>
      <BudgetSection
        budgets={budgets}
        groups={groups}
        people={people}
        money={money}
        onChanged={refresh}
      />
      <GroupSection groups={groups} budgets={budgets} people={people} onChanged={refresh} />
    </>
  );
}
