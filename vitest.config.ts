import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Processes, not threads: the tests of the house start programs of their own and measure nothing shared.
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 180_000,
    // A day must mean the same wherever the tests run; anything that leans on the clock's zone fails here first.
    env: { TZ: 'Pacific/Apia' },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.{ts,tsx}', 'projections/**/*.ts'],
      reporter: ['text', 'html'],
      reportsDirectory: 'coverage',
    },
  },
});
