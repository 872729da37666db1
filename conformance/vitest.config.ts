import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "plugins/**/*.test.ts"],
    // Extism's SDK loads node:wasi, and Node has something to say about that in every process.
    execArgv: ["--disable-warning=ExperimentalWarning"],
    reporters: ["default", "./src/matrix-reporter.ts"],
  },
});
