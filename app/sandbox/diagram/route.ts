import { diagramBundlePath } from "@/components/chat/markdown/diagram-bundle";

// A page of its own without any rights: an opaque origin, no network, no cookies. What a model
// wrote is drawn in here, and only a picture of it leaves.
const policy = [
  "sandbox allow-scripts",
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'unsafe-inline'",
  "img-src data:",
  "font-src 'none'",
  "connect-src 'none'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
].join("; ");

const page = `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Diagram</title></head>
<body>
<script src="${diagramBundlePath}"></script>
<script src="/sandbox/draw.js"></script>
</body>
</html>
`;

export function GET(): Response {
  return new Response(page, {
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "x-content-type-options": "nosniff",
      "referrer-policy": "no-referrer",
      "cross-origin-resource-policy": "same-origin",
      "cache-control": "private, max-age=3600",
    },
  });
}
