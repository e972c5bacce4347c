/** Loaded before the program: its engine has as many threads as TORTURE_THREADS says, however many processors there are. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const engine = require('@duckdb/node-bindings');

/** The engine as it is, but for the configuration that it starts with. */
require.cache[require.resolve('@duckdb/node-bindings')].exports = Object.create(engine, {
  create_config: {
    value() {
      const config = engine.create_config();
      engine.set_config(config, 'threads', process.env['TORTURE_THREADS']);
      return config;
    },
  },
});
