import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin({
  requestConfig: "./lib/server/i18n/request.ts",
  // Sentences are compiled at build time, so that pages carry no parser for them.
  experimental: {
    messages: {
      path: "./messages",
      format: "json",
      locales: ["en", "zh-CN"],
      precompile: true,
    },
  },
});

// scripts/lib/build.mjs names a build after its sources, so that instances built apart agree. Its
// workers load this file too, and have to find the same name.
const build =
  process.env.NODE_ENV === "development"
    ? "development"
    : (process.env.PARLEY_BUILD ??= crypto.randomUUID());

const config: NextConfig = {
  // A second folder lets a second development server run beside the first.
  distDir: process.env["NEXT_DIST_DIR"] ?? ".next",
  // Said, not guessed: a lockfile in a folder above would mislead the guess.
  turbopack: { root: import.meta.dirname },
  poweredByHeader: false,
  generateBuildId: () => build,
  env: { PARLEY_BUILD: build },
  reactStrictMode: true,
  // Native or WebAssembly packages that must be loaded from node_modules as they are.
  serverExternalPackages: [
    "@electric-sql/pglite",
    "@node-rs/argon2",
    "@prisma/schema-engine-wasm",
    "@silvia-odwyer/photon-node",
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
