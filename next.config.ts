import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/server/i18n/request.ts");

const config: NextConfig = {
  // A second folder lets a second development server run beside the first.
  distDir: process.env["NEXT_DIST_DIR"] ?? ".next",
  poweredByHeader: false,
  reactStrictMode: true,
  // Native or WebAssembly packages that must be loaded from node_modules as they are.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@node-rs/argon2",
    "@prisma/schema-engine-wasm",
    "pglite-prisma-adapter",
    "pino",
    "undici",
  ],
  // Images in answers never load by themselves, and ours need no resizing.
  images: { unoptimized: true },
  productionBrowserSourceMaps: false,
  devIndicators: false,
};

export default withNextIntl(config);
