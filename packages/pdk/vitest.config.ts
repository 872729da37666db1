import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const standIn = (name: string) => fileURLToPath(new URL(`src/testing/engine/${name}.ts`, import.meta.url));

export default defineConfig({
  resolve: {
    // Outside of a plug-in the engine's modules don't exist.
    alias: ["host", "config", "vars", "log", "http", "random"].map((name) => ({
      find: `tenon:${name}`,
      replacement: standIn(name),
    })),
  },
  test: {
    include: ["src/**/*.test.ts"],
    setupFiles: [fileURLToPath(new URL("src/testing/engine/globals.ts", import.meta.url))],
  },
});
