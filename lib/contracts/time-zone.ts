import * as z from "zod";

/** A name of the IANA database that both this runtime and PostgreSQL know, such as `Asia/Shanghai`. */
export const timeZoneSchema = z.string().max(64).refine(isTimeZone, { error: "is no time zone" });

function isTimeZone(name: string): boolean {
  // Offsets mean the opposite to PostgreSQL of what they mean here.
  if (!/^[A-Za-z]+(?:[/_-][A-Za-z0-9_+-]+)*$/.test(name) || /^Etc\/GMT[+-]/.test(name))
    return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
