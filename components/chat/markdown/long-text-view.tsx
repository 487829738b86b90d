"use client";

import { useTranslations } from "next-intl";
import { memo, useMemo, useState } from "react";
import { cutLongText } from "./long-text";

type LongTextProps = {
  text: string;
  /** Shows also a very long text with its middle. */
  isWhole?: boolean;
};

/** Text as it is, of any length: in pieces, of which only those near the page are laid out. */
export function LongText({ text, isWhole = false }: LongTextProps) {
  const translate = useTranslations("reading");
  const [isOpened, setIsOpened] = useState(isWhole);
  const { head, hiddenCharacters, tail } = useMemo(
    () => cutLongText(text, isOpened),
    [isOpened, text],
  );
  if (head.length === 1) return head[0];
  return (
    <>
      <Pieces pieces={head} />
      {hiddenCharacters > 0 && (
        <span className="text-gap">
          {translate("leftOut", { count: hiddenCharacters })}{" "}
          <button
            type="button"
            className="rounded-sm text-accent hover:underline"
            onClick={() => {
              setIsOpened(true);
            }}
          >
            {translate("showAll")}
          </button>
        </span>
      )}
      <Pieces pieces={tail} />
    </>
  );
}

function Pieces({ pieces }: { pieces: readonly string[] }) {
  return pieces.map((piece, at) => <Piece key={at} text={piece} />);
}

const Piece = memo(function Piece({ text }: { text: string }) {
  return <span className="text-piece">{text}</span>;
});
