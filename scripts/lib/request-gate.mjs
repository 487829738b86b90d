// What is decided before Next sees a request.

const maxBodyBytes = 16 * 1024 * 1024;

/** @typedef {import("node:http").IncomingMessage} Incoming */
/** @typedef {import("node:http").ServerResponse} Outgoing */

/**
 * Hands a request to Next, once Next is there.
 *
 * @param {Incoming} request
 * @param {Outgoing} response
 * @param {Promise<(request: Incoming, response: Outgoing) => Promise<void>>} handler
 */
export async function gateRequest(request, response, handler) {
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) {
    refuseBody(request, response);
    return;
  }
  // Only a path is ours to answer: no `*`, and no absolute URL, as a proxy would be asked for.
  if (!request.url?.startsWith("/")) {
    response.writeHead(400, { connection: "close" }).end();
    return;
  }
  removeClaims(request);
  try {
    await (
      await handler
    )(request, response);
  } catch {
    // Next answers errors of ours itself; what arrives here is a request that it can't even parse.
    if (response.headersSent) response.destroy();
    else response.writeHead(400, { connection: "close" }).end();
  }
}

/**
 * @param {Incoming} request
 * @param {Outgoing} response
 */
function refuseBody(request, response) {
  const error = {
    code: "payload_too_large",
    message: "payload too large",
    details: { maxBytes: maxBodyBytes },
  };
  response.writeHead(413, {
    connection: "close",
    "content-type": "application/json",
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
  });
  response.end(JSON.stringify({ error }));
  // The client is still sending: take some, so that it reads the answer instead of a reset.
  request.resume();
  setTimeout(() => request.destroy(), 1_000).unref();
}

/**
 * Without a trusted proxy in front, these headers are the client's own words about itself. Next
 * fills them in from the socket where they are missing.
 *
 * @param {Incoming} request
 */
function removeClaims(request) {
  if (Number(process.env.TRUSTED_PROXIES || 0) > 0) return;
  for (const name of Object.keys(request.headers)) {
    if (name.startsWith("x-forwarded-") || name === "forwarded") delete request.headers[name];
  }
}

const statuses = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/**
 * Answers what is not HTTP.
 *
 * @param {NodeJS.ErrnoException} error
 * @param {import("node:stream").Duplex} socket
 */
export function refuseMalformed(error, socket) {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = statuses[/** @type {keyof typeof statuses} */ (error.code)] ?? "400 Bad Request";
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}
