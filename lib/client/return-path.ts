/**
 * Where to go on after signing in or starting: a path of this site, or `/`. Whatever a browser
 * could read as another origin (`//evil`, `/\evil`, control characters) is refused.
 */
export function safeReturnPath(value: string | null | undefined): string {
  if (value === null || value === undefined || !/^\/(?![/\\])/.test(value)) return "/";
  const base = "http://parley.invalid";
  if (/[\p{Cc}\\]/u.test(value) || !URL.canParse(value, base)) return "/";
  const url = new URL(value, base);
  if (url.origin !== base || url.pathname.startsWith("//")) return "/";
  return `${url.pathname}${url.search}${url.hash}`;
}
