import { gzipSync } from "node:zlib";
import type { Bench } from "../bench";
import type { Line } from "../table";

/** Row 12: the JavaScript that a new chat's page asks for, compressed by gzip. */
export async function measureScripts(bench: Bench): Promise<Line[]> {
  const page = await fetch(bench.app.url, { headers: bench.app.headers(), redirect: "manual" });
  const html = await page.text();
  const urls = page.status === 200 ? findScripts(html) : [];
  let bytes = 0;
  for (const url of urls) {
    const script = await fetch(new URL(url, bench.app.url));
    bytes += gzipSync(await script.bytes()).length;
  }
  return [
    {
      row: 12,
      what: "scripts that the new chat's page names, gzip",
      unit: "kB",
      parley: page.status === 200 ? bytes / 1000 : null,
      goal: "190",
      note: page.status === 200 ? `${urls.length} files` : `status ${page.status}`,
    },
  ];
}

/** Addresses of the scripts that a browser of today loads at once for a page. */
export function findScripts(html: string): string[] {
  const urls = [...html.matchAll(/<(?:script|link)\b[^>]*>/g)].flatMap(([tag]) => {
    const isScript = tag.startsWith("<script") && !/\snomodule\b/i.test(tag);
    const isPreload = /\sas="script"/.test(tag) || /\srel="modulepreload"/.test(tag);
    if (!isScript && !isPreload) return [];
    return /\s(?:src|href)="([^"]+)"/.exec(tag)?.[1] ?? [];
  });
  return [...new Set(urls.map((url) => url.replaceAll("&amp;", "&")))];
}
