import { expect, it } from "vitest";
import { findScripts } from "./scripts";

it("finds what a browser of today loads, once each", () => {
  const html = `
    <link rel="stylesheet" href="/a.css"/><link rel="preload" as="script" href="/one.js?a=1&amp;b=2"/>
    <script src="/one.js?a=1&amp;b=2" async="" nonce="n"></script>
    <script src="/two.js" async></script><script src="/old.js" noModule=""></script>
    <script nonce="n">inline()</script>`;
  expect(findScripts(html)).toEqual(["/one.js?a=1&b=2", "/two.js"]);
});
