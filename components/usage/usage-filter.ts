import {
  usageFilterSchema,
  type UsageFilter,
  type UsageGrouping,
} from "@/lib/contracts/usage-reports";

/** What a report can be narrowed to, as it is called in the address, and in a query. */
const fields = {
  user: "userId",
  group: "groupId",
  model: "modelId",
  provider: "providerId",
  key: "keyId",
  kind: "kind",
  payer: "paidBy",
} as const;

export type FilterName = keyof typeof fields;

export const filterNames = Object.keys(fields) as FilterName[];

/** What each filter is set to. */
export type Filters = Partial<Record<FilterName, string>>;

/** The filters that an address tells of. What could not be one is passed over. */
export function readFilters(search: URLSearchParams): Filters {
  const entries = filterNames.flatMap((name) => {
    const value = search.get(name);
    const schema = usageFilterSchema.shape[fields[name]];
    return value !== null && schema.safeParse(value).success ? [[name, value] as const] : [];
  });
  return Object.fromEntries(entries);
}

/** Sets a filter in an address, or takes it out with "". */
export function writeFilter(search: URLSearchParams, name: FilterName, value: string): void {
  if (value === "") search.delete(name);
  else search.set(name, value);
}

/** The filters as a query of the API names them. */
export function toQuery(filters: Filters): UsageFilter {
  return Object.fromEntries(
    filterNames.flatMap((name) => {
      const value = filters[name];
      return value === undefined ? [] : [[fields[name], value] as const];
    }),
  );
}

/** The filter that a row of a report can be narrowed to; null for the others. */
export function findFilter(groupBy: UsageGrouping): FilterName | null {
  return filterNames.find((name) => name === groupBy) ?? null;
}
