import { rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { makeCertificate } from "../fixtures/certificates";

/** Signs certificates that the servers under test trust, until this process ends. */
export const authority = makeCertificate({ host: "authority" });

const file = path.join(tmpdir(), `parley-authority-${String(process.pid)}.pem`);

/** Where Node reads it: the value of NODE_EXTRA_CA_CERTS. */
export function writeAuthority(): string {
  writeFileSync(file, authority.cert);
  process.once("exit", () => {
    rmSync(file, { force: true });
  });
  return file;
}
