import { Search } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps } from "react";

/** Fewer than these are seen at a glance. */
export const manyModels = 7;

type ModelSearchProps = Omit<ComponentProps<"input">, "onChange" | "value"> & {
  query: string;
  onSearch: (query: string) => void;
};

/** The field above a list of many models. */
export function ModelSearch({ query, onSearch, ...input }: ModelSearchProps) {
  const translate = useTranslations("parameters.picker");
  return (
    <label className="flex shrink-0 items-center gap-2.5 border-b border-line px-4">
      <Search aria-hidden className="size-4 shrink-0 text-ink-faint" />
      <input
        {...input}
        aria-label={translate("search")}
        placeholder={translate("search")}
        value={query}
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="done"
        className="h-10 min-w-0 flex-1 bg-transparent text-base outline-none sm:text-ui"
        onChange={(event) => {
          onSearch(event.currentTarget.value);
        }}
      />
    </label>
  );
}

type ModelsFoundProps = { query: string; count: number };

/** How many were found, for those who do not see the list; that there are none, for everybody. */
export function ModelsFound({ query, count }: ModelsFoundProps) {
  const translate = useTranslations("parameters.picker");
  return (
    <>
      <p role="status" className="sr-only">
        {query === "" ? null : translate("count", { count })}
      </p>
      {count === 0 && (
        <p className="px-4 py-5 text-ui text-ink-soft">
          {translate("none", { query: query.trim() })}
        </p>
      )}
    </>
  );
}
