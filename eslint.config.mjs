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
  "*.config.{ts,mjs}",
];

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
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
    },
  },
  {
    files: ["**/*.{ts,tsx,mjs}"],
    rules: {
      eqeqeq: "error",
      "max-lines": ["error", { max: 300, skipBlankLines: true, skipComments: true }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "ExportDefaultDeclaration",
          message: "Name what is exported; only Next and config files want a default.",
        },
        {
          selector: "ExportAllDeclaration",
          message: "No barrels: import from the file that holds it.",
        },
        {
          selector: "TSEnumDeclaration",
          message: "Use a union of strings.",
        },
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "Nothing that people or models wrote may become markup.",
        },
      ],
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
    // A boundary's first render is on the server, where `window` is not: typeof tells.
    files: ["{app,components,lib}/**/*.{ts,tsx}"],
    ignores: tests,
    rules: {
      "no-console": "error",
    },
  },
  {
    files: frameworkFiles,
    rules: { "no-restricted-syntax": "off" },
  },
  {
    files: tests,
    rules: {
      // Tests look at values whose shape the assertion itself proves.
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/require-await": "off",
      "react-hooks/rules-of-hooks": "off",
    },
  },
]);
