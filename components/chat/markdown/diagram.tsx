"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "./code-block";
import { cleanDiagram, diagramKind, diagramSize, isDiagramTooComplex } from "./diagram-source";
import { readDiagramTheme, useIsDark } from "./use-diagram-theme";
import { useIsNear } from "./use-is-near";

type Drawn = { of: string; svg: string | null };

/** A Mermaid diagram, drawn elsewhere and shown as a picture; its source where it cannot be. */
export function Diagram({ source }: { source: string }) {
  const translate = useTranslations("chat.diagram");
  const place = useRef<HTMLDivElement>(null);
  const isDark = useIsDark();
  const isNear = useIsNear(place);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const clean = cleanDiagram(source);
  const isTooComplex = isDiagramTooComplex(clean);
  const key = `${isDark ? "dark" : "light"}:${clean}`;
  // One that is scrolled past before its turn is not drawn.
  const isDue = isNear && !isTooComplex && drawn?.of !== key;

  useEffect(() => {
    if (!isDue) return;
    const watched = new AbortController();
    void import("./draw-diagram")
      .then(({ drawDiagram }) => drawDiagram(clean, readDiagramTheme(), watched.signal))
      .catch(() => null)
      .then((svg) => {
        if (!watched.signal.aborted) setDrawn({ of: key, svg });
      });
    return () => {
      watched.abort();
    };
  }, [clean, isDue, key]);

  // In the other theme the old picture stays until the new one is there.
  const svg = drawn?.svg ?? null;
  const hasFailed = isTooComplex || (drawn?.of === key && svg === null);
  return (
    <div ref={place}>
      {hasFailed && <p className="text-ui text-ink-soft">{translate("failed")}</p>}
      {svg === null || hasFailed ? (
        <CodeBlock code={source} language="mermaid" isGrowing={false} />
      ) : (
        <DrawnDiagram source={source} svg={svg} />
      )}
    </div>
  );
}

function DrawnDiagram({ source, svg }: { source: string; svg: string }) {
  const translate = useTranslations("chat.diagram");
  const [isSourceShown, setIsSourceShown] = useState(false);
  return (
    <figure className="diagram" aria-label={translate("label")}>
      {isSourceShown ? (
        <CodeBlock code={source} language="mermaid" isGrowing={false} />
      ) : (
        // A data address in an img element: no scripts, no requests, no links.
        <img
          src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`}
          alt={translate("alt", { kind: diagramKind(source) })}
          {...diagramSize(svg)}
        />
      )}
      <Button
        variant="ghost"
        size="sm"
        className="-ms-3"
        aria-pressed={isSourceShown}
        onClick={() => {
          setIsSourceShown(!isSourceShown);
        }}
      >
        {translate(isSourceShown ? "showDiagram" : "showSource")}
      </Button>
    </figure>
  );
}
