import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["packages/*/src/**/*.test.ts", "packages/*/test/**/*.test.ts", "test/**/*.test.ts"],
    globalSetup: ["test/chromium.ts"],
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
