import { describe, expect, it } from "vitest";
import { cleanDiagram, diagramKind, diagramSize, isDiagramTooComplex } from "./diagram-source";

describe("a diagram's source", () => {
  it("loses every directive and its front matter", () => {
    const source = `---
config:
  securityLevel: loose
---
%%{init: {"securityLevel": "loose"}}%%
graph TD
%%{ wrap
}%%
A-->B`;
    expect(cleanDiagram(source)).toBe("graph TD\n\nA-->B");
  });

  it("loses the attributes of tags in labels, and keeps what only looks like a tag", () => {
    expect(cleanDiagram('graph TD\nA["a<br/>b <img src=x onerror=alert(1)>"]')).toBe(
      'graph TD\nA["a<br>b <img>"]',
    );
    const classes = "classDiagram\nA <|-- B\nclass A {\n <<interface>>\n}";
    expect(cleanDiagram(classes)).toBe(classes);
  });

  it("keeps ordinary comments", () => {
    expect(cleanDiagram("graph TD\n%% a comment\nA-->B")).toContain("a comment");
  });

  it("is too complex when it is very long", () => {
    expect(isDiagramTooComplex("A-->B\n".repeat(10_000))).toBe(true);
    expect(isDiagramTooComplex("graph TD\nA-->B")).toBe(false);
  });

  it("says what kind it is", () => {
    expect(diagramKind("%%{init: {}}%%\nsequenceDiagram\nA->>B: x")).toBe("sequenceDiagram");
    expect(diagramKind("")).toBe("mermaid");
  });

  it("has the size of its view box", () => {
    expect(diagramSize('<svg viewBox="-8 -8 100.5 50">')).toEqual({ width: 101, height: 50 });
    expect(diagramSize("<svg>")).toBeNull();
  });
});
