// 16 px on phones: smaller text makes iOS zoom in on focus.
/** The look of everything that one types or picks in. */
export const controlClass =
  "w-full min-w-0 rounded-control border border-line-strong bg-raised text-base text-ink transition-colors duration-150 hover:border-ink-faint focus-visible:outline-offset-0 disabled:opacity-50 aria-invalid:border-bad frame:text-ui";
