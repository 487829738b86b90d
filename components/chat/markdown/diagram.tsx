"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "./code-block";
import { cleanDiagram, diagramKind, diagramSize, isDiagramTooComplex } from "./diagram-source";
import { readDiagramTheme, useIsDark } from "./use-diagram-theme";

type Drawn = { of: string; svg: string | null };

/** A Mermaid diagram, drawn elsewhere and shown as a picture; its source where it cannot be. */
export function Diagram({ source }: { source: string }) {
  const translate = useTranslations("chat.diagram");
  const place = useRef<HTMLDivElement>(null);
  const isDark = useIsDark();
  const [isNear, setIsNear] = useState(false);
  const [isSourceShown, setIsSourceShown] = useState(false);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const clean = cleanDiagram(source);
  const isTooComplex = isDiagramTooComplex(clean);
  const key = `${isDark ? "dark" : "light"}:${clean}`;

  useEffect(() => {
    if (place.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setIsNear(true);
      },
      { rootMargin: "400px" },
    );
    observer.observe(place.current);
    return () => {
      observer.disconnect();
    };
  }, []);

  useEffect(() => {
    if (!isNear || isTooComplex) return;
    let isCurrent = true;
    void import("./draw-diagram")
      .then(({ drawDiagram }) => drawDiagram(clean, readDiagramTheme()))
      .catch(() => null)
      .then((svg) => {
        if (isCurrent) setDrawn({ of: key, svg });
      });
    return () => {
      isCurrent = false;
    };
  }, [clean, isNear, isTooComplex, key]);

  // In the other theme the old picture stays until the new one is there.
  const svg = drawn?.svg ?? null;
  const hasFailed = isTooComplex || (drawn?.of === key && svg === null);
  if (svg === null || hasFailed) {
    return (
      <div ref={place}>
        {hasFailed && <p className="text-ui text-ink-soft">{translate("failed")}</p>}
        <CodeBlock code={source} language="mermaid" isGrowing={false} />
      </div>
    );
  }
  return (
    <figure ref={place} className="diagram" aria-label={translate("label")}>
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
