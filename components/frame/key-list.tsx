"use client";

import { useTranslations } from "next-intl";
import { Dialog } from "@/components/ui/dialog";
import { isApple } from "./key-labels";

const groups = [
  {
    name: "everywhere",
    rows: [
      { name: "palette", keys: ["mod", "K"] },
      { name: "newConversation", keys: ["mod", "Shift", "O"] },
      { name: "sidebar", keys: ["mod", "B"] },
      { name: "keys", keys: ["mod", "/"] },
      { name: "notifications", keys: ["F8"] },
    ],
  },
  {
    name: "conversation",
    rows: [
      { name: "send", keys: ["Enter"] },
      { name: "line", keys: ["Shift", "Enter"] },
      { name: "stop", keys: ["Esc"] },
      { name: "editLast", keys: ["↑"] },
      { name: "find", keys: ["mod", "F"] },
    ],
  },
] as const;

/** Every key that does something. */
export function KeyList({ onClose }: { onClose: () => void }) {
  const translate = useTranslations("frame");
  const modifier = isApple() ? "⌘" : "Ctrl";
  return (
    <Dialog title={translate("keys")} isOpen onOpenChange={onClose}>
      {groups.map((group) => (
        <section key={group.name}>
          <h3 className="pb-1 text-small font-medium text-ink-faint">
            {translate(`keyList.${group.name}`)}
          </h3>
          <dl>
            {group.rows.map((row) => (
              <div key={row.name} className="flex items-center justify-between gap-4 py-1.5">
                <dt>{translate(`keyList.${row.name}`)}</dt>
                <dd className="flex gap-1">
                  {row.keys.map((key) => (
                    <kbd
                      key={key}
                      className="min-w-6 rounded-[0.3rem] border border-line bg-surface px-1.5 py-0.5 text-center font-sans text-small text-ink-soft"
                    >
                      {key === "mod" ? modifier : key}
                    </kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
