"use client";

import type { Tokens } from "marked";
import { useTranslations } from "next-intl";
import { isTableTooLarge } from "./caps";
import { PlainText } from "./plain-text";
import { Inline } from "./render-inline";

/** A table that scrolls sideways in a box of its own, and never the page. */
export function TableBlock({ table }: { table: Tokens.Table }) {
  const translate = useTranslations("chat.table");
  if (isTableTooLarge(table.header.length, table.rows.length)) {
    return <PlainText text={table.raw} />;
  }
  return (
    <div role="region" aria-label={translate("label")} tabIndex={0} className="table-box">
      <table>
        <thead>
          <tr>
            {table.header.map((cell, at) => (
              <Cell key={at} cell={cell} isHeader />
            ))}
          </tr>
        </thead>
        <tbody>
          {table.rows.map((row, rowAt) => (
            <tr key={rowAt}>
              {row.map((cell, at) => (
                <Cell key={at} cell={cell} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Cell({ cell, isHeader = false }: { cell: Tokens.TableCell; isHeader?: boolean }) {
  const Tag = isHeader ? "th" : "td";
  return (
    <Tag
      {...(isHeader ? { scope: "col" } : {})}
      style={cell.align === null ? undefined : { textAlign: cell.align }}
    >
      <Inline tokens={cell.tokens} />
    </Tag>
  );
}
