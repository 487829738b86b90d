import next from "@next/eslint-plugin-next";
import { defineConfig, globalIgnores } from "eslint/config";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

// Where a default export is what the framework asks for.
const frameworkFiles = [
  "app/**/{page,layout,template,loading,error,global-error,not-found,default}.tsx",
  "app/{manifest,robots,sitemap,icon,apple-icon}.{ts,tsx}",
  "app/api/auth/**",
  "lib/server/i18n/request.ts",
];

// Syntax that the house does without, and why.
const houseStyle = [
  {
    selector: "ExportDefaultDeclaration",
    message: "Name what is exported; only Next and config files want a default.",
  },
  {
    selector: "ExportAllDeclaration",
    message: "No barrels: import from the file that holds it.",
  },
  { selector: "TSEnumDeclaration", message: "Use a union of strings." },
  {
    selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
    message: "Nothing that people or models wrote may become markup.",
  },
];

const noEnvironment = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: "lib/server/env.ts is the only reader of the environment.",
};

const serverOnly = {
  selector: "Program > :first-child:not(ImportDeclaration[source.value='server-only'])",
  message: 'A file of lib/server/ starts with `import "server-only";`.',
};

const tests = ["**/*.test.{ts,tsx}", "**/testing*.ts", "e2e/**"];

export default defineConfig([
  globalIgnores([
    ".next*/**",
    ".data/**",
    "coverage/**",
    "generated/**",
    "next-env.d.ts",
    "playwright-report/**",
    "public/**",
    "test-results/**",
  ]),
  {
    files: ["**/*.{ts,tsx}"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      "@typescript-eslint/consistent-type-definitions": ["error", "type"],
      "@typescript-eslint/consistent-type-imports": [
        "error",
        { fixStyle: "inline-type-imports", prefer: "type-imports" },
      ],
      // Bracket access is what tsconfig's noPropertyAccessFromIndexSignature asks for.
      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
      "@typescript-eslint/no-unused-vars": [
        "error",
        { argsIgnorePattern: "^_", varsIgnorePattern: "^_", ignoreRestSiblings: true },
      ],
      "@typescript-eslint/switch-exhaustiveness-check": [
        "error",
        { considerDefaultExhaustiveForUnions: true },
      ],
      // React's event handlers may be async; everywhere else a lost promise is a lost error.
      "@typescript-eslint/no-misused-promises": [
        "error",
        { checksVoidReturn: { attributes: false } },
      ],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-confusing-void-expression": [
        "error",
        {
          ignoreArrowShorthand: true,
          ignoreVoidOperator: true,
          ignoreVoidReturningFunctions: true,
        },
      ],
    },
  },
  {
    files: ["**/*.mjs"],
    rules: { "no-unused-vars": "error", "no-shadow": "error", "prefer-const": "error" },
  },
  {
    files: ["**/*.{ts,tsx,mjs}"],
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "no-restricted-syntax": ["error", ...houseStyle],
    },
  },
  {
    files: ["**/*.tsx", "lib/client/**/*.ts", "components/**/*.ts"],
    extends: [reactHooks.configs.flat.recommended, next.configs["core-web-vitals"]],
    rules: {
      // Images in answers never load by themselves, and ours need no resizing.
      "@next/next/no-img-element": "off",
    },
  },
  {
    files: ["{app,components,lib}/**/*.{ts,tsx}"],
    ignores: tests,
    rules: {
      "no-console": "error",
      "no-restricted-syntax": ["error", ...houseStyle, noEnvironment],
    },
  },
  {
    files: ["lib/server/**/*.ts"],
    ignores: ["**/*.test.ts", "lib/server/env.ts"],
    rules: { "no-restricted-syntax": ["error", ...houseStyle, noEnvironment, serverOnly] },
  },
  {
    files: ["lib/server/env.ts"],
    rules: { "no-restricted-syntax": ["error", ...houseStyle, serverOnly] },
  },
  {
    files: frameworkFiles,
    rules: {
      "no-restricted-syntax": ["error", ...houseStyle.slice(1), noEnvironment],
    },
  },
  {
    files: ["*.config.{ts,mjs}", ".dependency-cruiser.mjs", "instrumentation.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    // Declarations that add to a library's own have to be interfaces.
    files: ["**/*.d.ts", "lib/server/db/testing-template.ts"],
    rules: { "@typescript-eslint/consistent-type-definitions": "off" },
  },
  {
    files: tests,
    rules: {
      // Tests look at values whose shape the assertion itself proves.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/require-await": "off",
      "no-restricted-syntax": ["error", ...houseStyle],
      "react-hooks/rules-of-hooks": "off",
    },
  },
]);
