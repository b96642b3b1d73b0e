import { defineConfig, mergeConfig } from 'vitest/config';
import shared from './vitest.config.ts';

/** For mutation testing: the tests that run in one process; those of the house and the doors start programs of their own. */
export default mergeConfig(
  shared,
  defineConfig({ test: { exclude: ['node_modules/**', 'test/house/**', 'test/cli/**'] } }),
);
