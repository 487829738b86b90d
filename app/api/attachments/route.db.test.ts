import { beforeEach, describe, expect, it, vi } from "vitest";
import { attachmentSchema } from "@/lib/contracts/attachments";
import { limits } from "@/lib/contracts/limits";
import { sessionCookieName } from "@/lib/server/auth/session-cookie";
import { writeSessionToken } from "@/lib/server/auth/session-token";
import { openBrowser, type Browser } from "@/lib/server/auth/testing-browser";
import { makeJpeg, makePng, makePngBomb, withExif } from "@/lib/server/attachments/testing-images";
import { db } from "@/lib/server/db/client";
import { makeUser, useTestDatabase } from "@/lib/server/db/testing";
import { keepHouse } from "@/lib/server/start/housekeeping";
import type { Actor } from "@/lib/domain/actor";
import { DELETE, GET } from "./[id]/route";
import { POST } from "./route";

vi.mock("next/headers", () => import("@/lib/server/auth/testing-browser"));

useTestDatabase();

let ada: Actor;
let browser: Browser;

beforeEach(async () => {
  ada = await makeUser();
  browser = await browserOf(ada);
});

async function browserOf(actor: Actor): Promise<Browser> {
  const opened = openBrowser();
  opened.jar.set(
    sessionCookieName(),
    await writeSessionToken({ userId: actor.userId, version: 0 }),
  );
  return opened;
}

type Upload = { name?: string; type?: string; headers?: Record<string, string>; from?: Browser };

/** Posts a file's bytes, as a browser does. */
function upload(bytes: BodyInit, given: Upload = {}) {
  const { name = "photo.png", type = "image/png", headers = {}, from = browser } = given;
  const path = `/api/attachments?name=${encodeURIComponent(name)}`;
  return from.call(
    (request, context) =>
      POST(
        new Request(request, {
          method: "POST",
          headers: { ...Object.fromEntries(request.headers), "content-type": type },
          body: bytes,
          duplex: "half",
        } as RequestInit),
        context,
      ),
    path,
    { method: "POST", headers },
  );
}

const read = (id: string, from = browser) =>
  from.call(GET, `/api/attachments/${id}`, { params: { id } });
const remove = (id: string, from = browser) =>
  from.call(DELETE, `/api/attachments/${id}`, { method: "DELETE", params: { id } });

const uploadOne = async () => attachmentSchema.parse(await (await upload(makePng(9, 7))).json());
const codeOf = async (response: Response) =>
  ((await response.json()) as { error: { code: string } }).error.code;

describe("an upload", () => {
  it("is answered with what a message carries, and is served as it is kept", async () => {
    const jpeg = withExif(makeJpeg(64, 32), 1, "GPS-CANARY");
    const response = await upload(jpeg, { name: "旅行 (1).HEIC.jpg", type: "image/jpeg" });
    expect(response.status).toBe(200);
    const { id, part, byteLength } = attachmentSchema.parse(await response.json());
    expect(part).toEqual({
      type: "file",
      url: `/api/attachments/${id}`,
      mediaType: "image/jpeg",
      filename: "旅行 (1).jpg",
      width: 64,
      height: 32,
    });
    const served = await read(id);
    const bytes = Buffer.from(await served.arrayBuffer());
    expect(bytes.byteLength).toBe(byteLength);
    expect(bytes.includes("CANARY")).toBe(false);
    expect(Object.fromEntries(served.headers)).toMatchObject({
      "content-type": "image/jpeg",
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "private, max-age=31536000, immutable",
      "content-disposition": `inline; filename="__ (1).jpg"; filename*=UTF-8''%E6%97%85%E8%A1%8C%20%281%29.jpg`,
      "cross-origin-resource-policy": "same-origin",
    });
  });

  it.each([
    ['x"; a=b\r\nset-cookie: c=d.png', "x ; a=b set-cookie  c=d.png"],
    ["../../etc/passwd", "passwd.png"],
    ["page.html.png", "page.png"],
    ["a\u202egnp.exe", "a gnp.png"],
    ["", "image.png"],
  ])("called %j is kept as %j", async (name, kept) => {
    const { id, part } = attachmentSchema.parse(
      await (await upload(makePng(2, 2), { name })).json(),
    );
    expect(part.filename).toBe(kept);
    expect((await read(id)).headers.get("content-disposition")).not.toMatch(/[\r\n]/);
  });

  it.each([
    ["a page", "<!doctype html><script>alert(1)</script>", "image/png", 400, "image_unreadable"],
    [
      "an SVG",
      "<svg xmlns='http://www.w3.org/2000/svg'/>",
      "image/svg+xml",
      400,
      "image_unreadable",
    ],
    ["a form of another site", "x=y", "text/plain", 415, "unsupported_media_type"],
    ["a page as such", makePng(2, 2), "text/html", 415, "unsupported_media_type"],
    ["a bomb", makePngBomb(30_000), "image/png", 413, "image_too_large"],
  ])("is refused: %s", async (_, body, type, status, code) => {
    const response = await upload(body, { type });
    expect(response.status).toBe(status);
    expect(await codeOf(response)).toBe(code);
    expect(await db().attachment.count()).toBe(0);
  });

  it("that is too long is refused as soon as that is known", async () => {
    const declared = await upload(makePng(2, 2), {
      headers: { "content-length": String(limits.uploadBytes + 1) },
    });
    expect(await codeOf(declared)).toBe("payload_too_large");

    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1024 * 1024;
        controller.enqueue(new Uint8Array(1024 * 1024));
      },
    });
    const undeclared = await upload(endless);
    expect(await codeOf(undeclared)).toBe("payload_too_large");
    expect(sent).toBeLessThan(limits.uploadBytes + 4 * 1024 * 1024);
  });

  it("comes from here, and from somebody who is signed in", async () => {
    const stranger = await upload(makePng(2, 2), { from: openBrowser() });
    expect(stranger.status).toBe(401);
    const elsewhere = await upload(makePng(2, 2), { headers: { "sec-fetch-site": "cross-site" } });
    expect(elsewhere.status).toBe(403);
  });

  it("waits when there were thirty within a minute", async () => {
    for (let count = 0; count < 30; count += 1) await upload("no image");
    const response = await upload(makePng(2, 2));
    expect(response.status).toBe(429);
    expect(Number(response.headers.get("retry-after"))).toBeGreaterThan(0);
  });

  it("needs room, also when several want the last of it", async () => {
    const size = (await uploadOne()).byteLength;
    const room = limits.imageStoreBytes - 2 * size;
    await db().attachment.updateMany({ data: { byteLength: room } });
    const ends = await Promise.all(Array.from({ length: 5 }, () => upload(makePng(9, 7))));
    expect(ends.map(({ status }) => status).sort()).toEqual([200, 200, 413, 413, 413]);
    // Somebody else's store is somebody else's.
    expect((await upload(makePng(9, 7), { from: await browserOf(await makeUser()) })).status).toBe(
      200,
    );
  });
});

describe("an image", () => {
  it("does not exist for anybody but its owner", async () => {
    const { id } = await uploadOne();
    const other = await browserOf(await makeUser({ role: "admin" }));
    for (const call of [read, remove]) {
      const real = await call(id, other);
      const random = await call("0190b0b0-0000-7000-8000-000000000000", other);
      expect(real.status).toBe(404);
      expect(await real.text()).toBe(await random.text());
    }
    expect((await read(id)).status).toBe(200);
  });

  it("is removed by its owner, unless a message shows it", async () => {
    const [spare, shown] = [await uploadOne(), await uploadOne()];
    await showInMessage(shown.id);
    expect((await remove(spare.id)).status).toBe(204);
    expect((await read(spare.id)).status).toBe(404);
    expect((await remove(shown.id)).status).toBe(409);
    expect((await read(shown.id)).status).toBe(200);
  });

  it("is gone a day later when no message shows it, and stays while one of two does", async () => {
    const [unused, shared] = [await uploadOne(), await uploadOne()];
    const [one, two] = [await showInMessage(shared.id), await showInMessage(shared.id)];
    const inHours = (hours: number) => new Date(Date.now() + hours * 3_600_000);

    await keepHouse(inHours(23));
    expect((await read(unused.id)).status).toBe(200);
    await keepHouse(inHours(25));
    expect((await read(unused.id)).status).toBe(404);

    await db().conversation.delete({ where: { id: one } });
    await keepHouse(inHours(25));
    expect((await read(shared.id)).status).toBe(200);
    await db().conversation.delete({ where: { id: two } });
    await keepHouse(inHours(25));
    expect((await read(shared.id)).status).toBe(404);
  });
});

/** A conversation with a message that shows an image. @returns its id. */
async function showInMessage(attachmentId: string): Promise<string> {
  const { id } = await db().conversation.create({
    data: {
      id: `conversation-${String(Math.random())}`,
      userId: ada.userId,
      title: "With an image",
      messages: {
        create: {
          id: `message-${String(Math.random())}`,
          role: "user",
          parts: [],
          status: "complete",
          attachments: { create: { attachmentId } },
        },
      },
    },
  });
  return id;
}
