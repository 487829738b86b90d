"use client";

import type { Token, Tokens } from "marked";
import { Fragment, type ReactNode } from "react";
import { decodeEntities } from "./entities";
import { ExternalImage } from "./external-image";
import { Formula } from "./formula";
import { toSafeUrl } from "./safe-url";

/** Text, emphasis, links: what is inside a paragraph. */
export function Inline({ tokens }: { tokens: readonly Token[] | undefined }) {
  return tokens?.map((token, at) => <Fragment key={at}>{renderInline(token)}</Fragment>);
}

function renderInline(token: Token): ReactNode {
  switch (token.type) {
    case "text":
      return token.tokens === undefined ? (
        decodeEntities((token as Tokens.Text).text)
      ) : (
        <Inline tokens={token.tokens} />
      );
    case "escape":
      return (token as Tokens.Escape).text;
    case "strong":
      return (
        <strong>
          <Inline tokens={token.tokens} />
        </strong>
      );
    case "em":
      return (
        <em>
          <Inline tokens={token.tokens} />
        </em>
      );
    case "del":
      return (
        <del>
          <Inline tokens={token.tokens} />
        </del>
      );
    case "codespan":
      return <code>{(token as Tokens.Codespan).text}</code>;
    case "br":
      return <br />;
    case "link":
      return <ExternalLink link={token as Tokens.Link} />;
    case "image":
      return <ExternalImage image={token as Tokens.Image} />;
    case "math":
      return <Formula text={textOf(token)} isBlock={token["isBlock"] === true} />;
    case "checkbox":
      return null;
    case "html":
      // Tables have no other way to break a line; every other tag is shown as it was written.
      return /^<br\s*\/?>$/i.test(token.raw) ? <br /> : token.raw;
    default:
      return token.raw;
  }
}

function ExternalLink({ link }: { link: Tokens.Link }) {
  const url = toSafeUrl(decodeEntities(link.href));
  if (url === null) return <Inline tokens={link.tokens} />;
  return (
    <a
      href={url.href}
      // Where a link leads is seen before it is followed, whatever its text says.
      title={url.href}
      target="_blank"
      rel="noopener noreferrer nofollow ugc"
    >
      <Inline tokens={link.tokens} />
    </a>
  );
}

function textOf(token: Token): string {
  return "text" in token && typeof token.text === "string" ? token.text : token.raw;
}
