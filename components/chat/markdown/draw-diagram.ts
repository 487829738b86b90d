/** How long a drawing may take; then it is too complex. */
const drawTimeoutMs = 2_000;
const loadTimeoutMs = 20_000;
const largestSvg = 2_000_000;

export type DiagramTheme = { isDark: boolean; colors: Record<string, string> };

type Sandbox = { frame: HTMLIFrameElement; isReady: Promise<boolean> };

let sandbox: Sandbox | null = null;
let queue: Promise<unknown> = Promise.resolve();
let lastId = 0;

/**
 * Draws one diagram after the other, but none that nobody waits for any more. Null when it cannot
 * be drawn, or takes too long.
 */
export function drawDiagram(
  source: string,
  theme: DiagramTheme,
  signal: AbortSignal,
): Promise<string | null> {
  const drawn = queue.then(() => (signal.aborted ? null : drawNow(source, theme)));
  queue = drawn.catch(() => undefined);
  return drawn;
}

async function drawNow(source: string, theme: DiagramTheme): Promise<string | null> {
  sandbox ??= openSandbox();
  const { frame, isReady } = sandbox;
  if (!(await isReady)) {
    closeSandbox();
    return null;
  }
  const id = ++lastId;
  const answer = waitForMessage(frame, drawTimeoutMs, (data) => data["id"] === id);
  // Its origin is opaque, so that there is none to name.
  frame.contentWindow?.postMessage({ id, source, ...theme }, "*");
  const svg = (await answer)?.["svg"];
  // One that did not answer in time may still be busy: the next diagram gets another one.
  if (svg === undefined) closeSandbox();
  return typeof svg === "string" && svg.length <= largestSvg ? svg : null;
}

function openSandbox(): Sandbox {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.setAttribute("aria-hidden", "true");
  frame.tabIndex = -1;
  frame.title = "";
  // Laid out, since text is measured in there, but never seen.
  Object.assign(frame.style, {
    position: "fixed",
    insetInlineStart: "-10000px",
    top: "0",
    width: "1200px",
    height: "800px",
    border: "0",
    visibility: "hidden",
  });
  const isReady = waitForMessage(frame, loadTimeoutMs, (data) => "isReady" in data).then(
    (data) => data?.["isReady"] === true,
  );
  frame.src = "/sandbox/diagram";
  document.body.append(frame);
  return { frame, isReady };
}

function closeSandbox(): void {
  sandbox?.frame.remove();
  sandbox = null;
}

/** The next message of that frame that fits; null when none came in time. */
function waitForMessage(
  frame: HTMLIFrameElement,
  timeoutMs: number,
  fits: (data: Record<string, unknown>) => boolean,
): Promise<Record<string, unknown> | null> {
  return new Promise((resolve) => {
    const finish = (data: Record<string, unknown> | null) => {
      clearTimeout(timer);
      window.removeEventListener("message", listen);
      resolve(data);
    };
    const listen = (event: MessageEvent<unknown>) => {
      if (event.source !== frame.contentWindow) return;
      const { data } = event;
      if (typeof data !== "object" || data === null) return;
      if (fits(data as Record<string, unknown>)) finish(data as Record<string, unknown>);
    };
    const timer = setTimeout(() => {
      finish(null);
    }, timeoutMs);
    window.addEventListener("message", listen);
  });
}
