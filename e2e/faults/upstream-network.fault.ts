import { createServer as createTlsServer } from "node:https";
import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ErrorCode } from "@/lib/contracts/errors";
import { makeCertificate } from "../fixtures/certificates";
import { findFreePort } from "../fixtures/server-process";
import { expect, fault, faultAlone } from "./fault";
import { authority } from "./authority";
import { answerWords, refuse } from "./scripts";
import type { World } from "./world";

/** Serves until the fault is over. @returns its port. */
async function serve(world: World, server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  world.onEnd(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

/** One turn with a provider at this address, which then fails within a time. */
async function expectUnreachable(
  world: World,
  baseUrl: string,
  { within = 10_000, codes }: { within?: number; codes: ErrorCode[] },
): Promise<void> {
  const talk = world.talk(await world.addProvider(baseUrl));
  talk.unseenCalls = 3;
  const startedMs = performance.now();
  const reader = await talk.send();
  await reader.waitForEnd();
  expect(performance.now() - startedMs).toBeLessThan(within);
  const answer = await talk.settled();
  expect(answer.status).toBe("failed");
  expect(codes).toContain(answer.errorCode);
  expect(reader.raw).not.toMatch(/127\.0\.0\.1|invalid:|ECONN|ENOTFOUND|CERT_|self-signed/);
  // For an admin's eyes: nobody else's tries would mend it.
  expect(await world.countAttempts(talk)).toBe(1);
}

fault("U-13", "a refused connection is said within ten seconds", async (world) => {
  const port = await findFreePort();
  await expectUnreachable(world, `http://127.0.0.1:${String(port)}/v1`, {
    codes: ["provider_unreachable"],
  });
});

fault("U-14", "a name that nobody has is looked up once", async (world) => {
  await expectUnreachable(world, "http://nowhere.invalid:8080/v1", {
    within: 15_000,
    codes: ["provider_unreachable"],
  });
});

fault(
  "U-15",
  "a plain port, an expired and a stranger's certificate are refused",
  async (world) => {
    const requests: string[] = [];
    const note: RequestListener = (request, response) => {
      requests.push(request.url ?? "");
      response.end("{}");
    };
    const issuer = { name: "authority", privateKey: authority.privateKey };
    const yesterday = new Date(Date.now() - world.random.between(1, 400) * 86_400_000);
    const ports = [
      await serve(world, createServer(note)),
      await serve(
        world,
        createTlsServer(
          makeCertificate({ host: "127.0.0.1", issuer, validUntil: yesterday }),
          note,
        ),
      ),
      await serve(world, createTlsServer(makeCertificate({ host: "other.example", issuer }), note)),
      await serve(world, createTlsServer(makeCertificate({ host: "127.0.0.1" }), note)),
    ];
    for (const port of ports)
      await expectUnreachable(world, `https://127.0.0.1:${String(port)}/v1`, {
        codes: ["provider_unreachable", "provider_certificate_refused"],
      });
    expect(requests).toEqual([]);
  },
);

fault("U-45", "a redirect is refused, and nobody else sees the prompt", async (world) => {
  const seen: string[] = [];
  const port = await serve(
    world,
    createServer((request, response) => {
      seen.push(request.url ?? "");
      response.end("{}");
    }),
  );
  const status = world.random.pick([301, 302, 303, 307, 308]);
  const location = `http://localhost:${String(port)}/v1/chat/completions`;
  const talk = world.talk();
  talk.play(refuse({ status, body: "", headers: { location } }));
  await (await talk.send()).waitForEnd();
  expect(await talk.settled()).toMatchObject({
    status: "failed",
    errorCode: "provider_redirected",
  });
  expect(talk.calls).toHaveLength(1);
  expect(seen).toEqual([]);
});

/** The 95th percentile of reading one's list of conversations, in milliseconds. */
async function measurePages(world: World): Promise<number> {
  const times: number[] = [];
  for (let count = 0; count < 60; count += 1) {
    const startedMs = performance.now();
    await world.stage.stranger.read("/api/conversations?limit=20");
    times.push(performance.now() - startedMs);
  }
  return times.sort((left, right) => left - right)[Math.floor(times.length * 0.95)] ?? 0;
}

faultAlone(
  "U-48",
  "two hundred answers that wait for a slow provider hold nobody up",
  {},
  async (world) => {
    await measurePages(world);
    const beforeMs = await measurePages(world);
    let release: () => void = () => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const talks = Array.from({ length: 200 }, () => world.talk());
    for (const talk of talks)
      talk.play(async (call) => {
        await Promise.race([released, call.waitForClose()]);
        await answerWords(5)(call);
      });
    const readers = await Promise.all(talks.map((talk) => talk.send()));
    await expect.poll(() => world.provider.requests().length).toBeGreaterThanOrEqual(200);
    const amongMs = await measurePages(world);
    if (world.stage.database !== null) expect(await world.stage.countOpenTransactions()).toBe(0);
    release();
    await Promise.all(readers.map((reader) => reader.waitForEnd()));
    expect(readers.every(({ metadata }) => metadata?.status === "complete")).toBe(true);
    // Measured on both sides: the machine may have other things to do.
    const aloneMs = Math.max(beforeMs, await measurePages(world));
    expect(amongMs, `alone it is ${aloneMs.toFixed(0)} ms`).toBeLessThan(2 * aloneMs + 50);
  },
);
