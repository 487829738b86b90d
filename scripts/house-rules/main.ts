// The rules of the house that neither ESLint nor dependency-cruiser can see: npm run check runs it.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { errorCodes } from "@/lib/contracts/errors";
import { findBadNames } from "./file-names";
import { compareLanguages, flatten, type Messages } from "./messages";

const rooms = ["app", "components", "e2e", "lib", "messages", "scripts"];
const [reference, ...others] = ["en", "zh-CN"] as const;

const faults = [
  ...checkFileNames(),
  ...checkLanguages(),
  ...checkErrorSentences(),
  ...checkEnvExample(),
];
for (const fault of faults) console.error(`  ${fault}`);
if (faults.length > 0) process.exit(1);

function checkFileNames(): string[] {
  return rooms
    .flatMap((room) =>
      readdirSync(room, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
        .map((entry) => path.posix.join(entry.parentPath, entry.name)),
    )
    .flatMap((file) => findBadNames(file).map((name) => `${file}: ${name} is not in kebab-case`));
}

function checkLanguages(): string[] {
  const files = new Set([reference, ...others].flatMap((it) => readdirSync(`messages/${it}`)));
  return others.flatMap((language) =>
    [...files].flatMap((file) =>
      compareLanguages(
        { language: reference, messages: readMessages(reference, file) },
        { language, messages: readMessages(language, file) },
      ).map((fault) => `messages/*/${file}: ${fault}`),
    ),
  );
}

function checkErrorSentences(): string[] {
  return [reference, ...others].flatMap((language) => {
    const sentences = flatten(readMessages(language, "errors.json"));
    return errorCodes
      .filter((code) => !sentences.has(code))
      .map((code) => `messages/${language}/errors.json: ${code} has no sentence`);
  });
}

/** .env.example shows what lib/server/env.ts reads: all of it, and nothing else. */
function checkEnvExample(): string[] {
  const namesIn = (file: string, pattern: RegExp) =>
    new Set(Array.from(readFileSync(file, "utf8").matchAll(pattern), ([, name = ""]) => name));
  const read = namesIn("lib/server/env.ts", /^ {4}([A-Z][A-Z_]+):/gm);
  const shown = namesIn(".env.example", /^# ([A-Z][A-Z_]+)=/gm);
  // Set by the scripts, not by people.
  read.delete("NODE_ENV");
  return [...read.symmetricDifference(shown)].map(
    (name) => `${name} is in only one of lib/server/env.ts and .env.example`,
  );
}

function readMessages(language: string, file: string): Messages {
  try {
    return JSON.parse(readFileSync(`messages/${language}/${file}`, "utf8")) as Messages;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}
