// Runs inside of /sandbox/diagram: takes a diagram's source from the page around it, and gives
// back a picture or the word that there is none. It has no rights and needs none.
"use strict";

/* global mermaid */

const fontFamily =
  'ui-sans-serif, system-ui, "PingFang SC", "HarmonyOS Sans SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif';

let count = 0;

async function draw({ source, colors, isDark }) {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    htmlLabels: false,
    flowchart: { htmlLabels: false, useMaxWidth: true },
    class: { htmlLabels: false },
    maxTextSize: 20000,
    maxEdges: 300,
    fontFamily,
    theme: "base",
    darkMode: isDark,
    themeVariables: {
      darkMode: isDark,
      fontFamily,
      fontSize: "14px",
      background: colors.canvas,
      primaryColor: colors.surface,
      primaryTextColor: colors.ink,
      primaryBorderColor: colors.line,
      secondaryColor: colors.raised,
      secondaryTextColor: colors.ink,
      secondaryBorderColor: colors.line,
      tertiaryColor: colors.canvas,
      tertiaryTextColor: colors.ink,
      tertiaryBorderColor: colors.line,
      lineColor: colors.inkSoft,
      textColor: colors.ink,
      mainBkg: colors.surface,
      nodeBorder: colors.line,
      clusterBkg: colors.canvas,
      clusterBorder: colors.line,
      edgeLabelBackground: colors.canvas,
      noteBkgColor: colors.raised,
      noteTextColor: colors.ink,
      noteBorderColor: colors.line,
      actorBkg: colors.surface,
      actorBorder: colors.line,
      actorTextColor: colors.ink,
      signalColor: colors.inkSoft,
      signalTextColor: colors.ink,
      labelBoxBkgColor: colors.raised,
      labelTextColor: colors.ink,
      loopTextColor: colors.ink,
      activationBkgColor: colors.raised,
      activationBorderColor: colors.line,
    },
  });
  count += 1;
  const { svg } = await mermaid.render(`diagram-${count}`, source);
  return svg;
}

addEventListener("message", (event) => {
  if (event.source !== parent) return;
  const { id } = event.data;
  draw(event.data).then(
    (svg) => parent.postMessage({ id, svg }, "*"),
    () => parent.postMessage({ id, svg: null }, "*"),
  );
});

parent.postMessage({ isReady: typeof mermaid === "object" }, "*");
