const kebabCase = /^[a-z0-9]+(?:-[a-z0-9]+)*$/;
// Next's own notation: (group), [param], [...rest], [[...rest]], @slot, _private.
const nextFolder = /^(?:\(.+\)|\[{1,2}(?:\.{3})?[A-Za-z0-9-]+\]{1,2}|@.+|_.+)$/;
const languageFolder = /^[a-z]{2}(?:-[A-Z]{2})?$/;

/** The parts of a path that are not in kebab-case, where they should be. */
export function findBadNames(file: string): string[] {
  const folders = file.split("/");
  const [base = ""] = (folders.pop() ?? "").split(".");
  const isGood = (name: string) =>
    kebabCase.test(name) || nextFolder.test(name) || languageFolder.test(name);
  return [...folders.filter((folder) => !isGood(folder)), ...(isGood(base) ? [] : [base])];
}
