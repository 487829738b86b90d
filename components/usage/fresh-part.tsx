"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { useErrorSentence } from "@/lib/client/error-sentence";
import type { Fresh } from "./use-fresh";

type Props<Value> = {
  fresh: Fresh<Value>;
  /** The height of what will be here, so that nothing below it moves. */
  skeletonClass: string;
  children: (value: Value) => ReactNode;
};

/** A part of the page whose figures come by themselves; says so when they don't. */
export function FreshPart<Value>({ fresh, skeletonClass, children }: Props<Value>) {
  const translate = useTranslations();
  const sayError = useErrorSentence();
  const { value, isStale, error, reload } = fresh;
  return (
    <>
      {error !== null && (
        <div role="alert" className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 text-ui">
          <p className="text-bad">{sayError(error.code, error.details)}</p>
          <Button size="sm" onClick={reload}>
            {translate("usage.failed.retry")}
          </Button>
        </div>
      )}
      {value === undefined ? (
        error === null && (
          <div role="status" aria-label={translate("common.loading")}>
            <Skeleton className={skeletonClass} />
          </div>
        )
      ) : (
        <div
          aria-busy={isStale && error === null}
          className={clsx(
            "transition-opacity duration-150",
            isStale && error === null && "opacity-60 delay-200",
          )}
        >
          {children(value)}
        </div>
      )}
    </>
  );
}
