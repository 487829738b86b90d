// The rooms of docs/rooms.md as rules: arrows point down or to the right, nothing imports a route,
// only actions.ts crosses from screen to world, domain knows nobody.

const tests = "\\.test\\.tsx?$|/testing[^/]*\\.ts$";

/** Packages that only one folder may import, and that folder. */
const gates = [
  { name: "prisma", packages: "@prisma/|prisma/|pglite-prisma-adapter/", room: "^lib/server/db/" },
  { name: "pglite", packages: "@electric-sql/|pg/", room: "^lib/server/db/" },
  { name: "ai-sdk", packages: "ai/|@ai-sdk/", room: "^lib/server/models/" },
  { name: "next-auth", packages: "next-auth/", room: "^lib/server/auth/" },
  { name: "redis", packages: "@redis/|redis/", room: "^lib/server/redis/" },
];

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-cycles",
      comment: "Two files that need each other are one file, or need a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "no-orphans",
      comment: "A file that nothing imports and that imports nothing is left over.",
      severity: "error",
      from: {
        orphan: true,
        path: "^(?:components|lib|e2e)/",
        // Loaded by path, into a process of its own.
        pathNot: ["\\.d\\.ts$", "^(?:e2e|lib)/.*\\.mjs$"],
      },
      to: {},
    },
    {
      name: "chat-without-schemas",
      comment:
        "The chat's pages take types from the contracts, and no schemas: their library would be a sixth of its scripts. lib/client/shape.ts checks answers.",
      severity: "error",
      from: { path: "^(?:components/(?:chat|frame|ui)|lib/client)/", pathNot: tests },
      to: {
        path: "^lib/contracts/|^node_modules/zod/",
        pathNot: "^lib/contracts/(?:limits|preferences)\\.ts$",
        dependencyTypesNot: ["type-only"],
      },
    },
    {
      name: "unresolvable",
      comment: "An import must lead somewhere.",
      severity: "error",
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: "nothing-imports-a-route",
      comment: "app/ composes; what two routes share lives below.",
      severity: "error",
      from: { pathNot: `^app/|${tests}` },
      to: { path: "^app/", pathNot: "\\.css$" },
    },
    {
      name: "features-do-not-know-each-other",
      comment: "What two features share is components/ui, or lib/client.",
      severity: "error",
      from: { path: "^components/([^/]+)/" },
      to: { path: "^components/", pathNot: "^components/(?:$1|ui)/" },
    },
    {
      name: "screen-does-not-enter-the-world",
      comment: "Only actions.ts crosses from screen to world.",
      severity: "error",
      from: { path: "^components/", pathNot: "(?:^|/)actions\\.ts$" },
      to: { path: "^(?:lib/server|generated)/" },
    },
    {
      name: "screen-stays-above",
      comment: "A component knows lib and nothing else of the project.",
      severity: "error",
      from: { path: "^components/", pathNot: tests },
      to: { path: "^(?:app|e2e|scripts|prisma)/" },
    },
    {
      name: "contracts-import-zod-only",
      comment: "What crosses between browser and server is schemas and nothing else.",
      severity: "error",
      from: { path: "^lib/contracts/", pathNot: tests },
      to: { pathNot: "^lib/contracts/|node_modules/zod/" },
    },
    {
      name: "domain-knows-nobody",
      comment: "Rules are pure: no IO, no React, no clock.",
      severity: "error",
      from: { path: "^lib/domain/", pathNot: tests },
      to: { path: "^(?:app|components|e2e|scripts|generated|lib/(?:client|server))/" },
    },
    {
      name: "domain-does-no-io",
      comment: "Rules are pure: what comes from outside is handed in.",
      severity: "error",
      from: { path: "^lib/domain/", pathNot: tests },
      to: { dependencyTypes: ["core"], pathNot: "^(?:node:)?(?:buffer|crypto|net)$" },
    },
    {
      name: "domain-without-frameworks",
      comment: "Rules outlive the framework, the database and the SDK.",
      severity: "error",
      from: { path: "^lib/domain/", pathNot: tests },
      to: {
        path: "node_modules/(?:next|next-auth|next-intl|react|react-dom|ai|@ai-sdk|@prisma|pg|pino)/",
      },
    },
    {
      name: "browser-does-not-enter-the-world",
      comment: "lib/client talks to the server over HTTP.",
      severity: "error",
      from: { path: "^lib/client/", pathNot: tests },
      to: { path: "^(?:app|components|e2e|scripts|generated|lib/server)/" },
    },
    {
      name: "world-does-not-enter-the-screen",
      comment: "The server knows nothing of the browser's code.",
      severity: "error",
      from: { path: "^lib/server/", pathNot: tests },
      to: { path: "^(?:app|components|e2e|scripts|lib/client)/" },
    },
    {
      name: "production-code-has-no-test-branch",
      comment: "Tests and the scripted provider stay outside of what is shipped.",
      severity: "error",
      from: { path: "^(?:app|components|lib)/", pathNot: tests },
      to: { path: `^e2e/|${tests}|node_modules/(?:vitest|@playwright)/` },
    },
    {
      name: "only-db-opens-the-generated-client",
      comment: "One gate to data: lib/server/db/.",
      severity: "error",
      from: { path: "^(?:app|components|lib)/", pathNot: "^lib/server/db/" },
      to: { path: "^generated/" },
    },
    ...gates.map(({ name, packages, room }) => ({
      name: `one-gate-to-${name}`,
      comment: "An outside service has one room; the rest of the project knows that room only.",
      severity: "error",
      from: { path: "^(?:app|components|lib)/|^[^/]+\\.tsx?$", pathNot: `${room}|${tests}` },
      to: { path: `node_modules/(?:${packages})` },
    })),
    {
      name: "only-the-logger-logs",
      comment: "One place decides what a log line may hold.",
      severity: "error",
      from: { pathNot: "^lib/server/logger\\.ts$" },
      to: { path: "node_modules/pino/" },
    },
    {
      name: "no-undeclared-packages",
      comment: "What is imported is in package.json, not there by chance.",
      severity: "error",
      from: {},
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
    {
      name: "no-dev-packages-in-production",
      comment: "What production imports is a dependency, not a devDependency.",
      severity: "error",
      from: { path: "^(?:app|components|lib)/|^(?:instrumentation|proxy)\\.ts$", pathNot: tests },
      to: { dependencyTypes: ["npm-dev"], dependencyTypesNot: ["type-only"], pathNot: "\\.css$" },
    },
  ],
  options: {
    doNotFollow: { path: "^(?:node_modules|generated)/" },
    exclude: { path: "^(?:\\.next|\\.data|coverage|playwright-report|test-results)" },
    // Without it a local function named `require` would count as CommonJS.
    moduleSystems: ["es6"],
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      mainFields: ["module", "main", "types", "typings"],
    },
    skipAnalysisNotInRules: true,
  },
};
