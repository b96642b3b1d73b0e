// `npm start`: opens the record in a browser's reach. Builds first where nothing is built yet. Plain JavaScript, and no
// process between npm and the server, so that the first answer comes as soon as it can.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const command = new URL('../dist/bin/stood.js', import.meta.url);
if (!existsSync(command)) {
  process.stderr.write('start: nothing is built yet; building, which takes half a minute\n');
  const build = fileURLToPath(new URL('build.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [build], { stdio: ['ignore', process.stderr, process.stderr] });
  if (status !== 0 || !existsSync(command)) process.exit(1);
}
process.argv.splice(1, 1, fileURLToPath(command), 'serve');
await import(command.href);
