import type { ReactNode } from "react";

/** One page of the settings: its name and its column. */
export function SettingsPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <h1 className="mb-6 text-2xl leading-tight font-semibold text-ink max-frame:text-xl">
        {title}
      </h1>
      {children}
    </>
  );
}
