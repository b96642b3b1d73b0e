/**
 * Everything CI runs, one section after another; all of them, so that one look shows all that is wrong.
 * `npm run check -- types lint` runs only the sections named.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Section {
  readonly name: string;
  readonly says: string;
  readonly commands: readonly (readonly string[])[];
}

const node = process.execPath;
const bin = (name: string): string => fileURLToPath(new URL(`../node_modules/.bin/${name}`, import.meta.url));
const script = (name: string, ...args: string[]): string[] => [node, '--import', 'tsx', `scripts/${name}.ts`, ...args];

const SECTIONS: readonly Section[] = [
  {
    name: 'types',
    says: 'the compiler finds nothing wrong',
    commands: [
      [bin('tsc'), '-p', 'tsconfig.json'],
      [bin('tsc'), '-p', 'tsconfig.web.json'],
    ],
  },
  {
    name: 'boundaries',
    says: 'nobody enters a room they may not',
    commands: [[bin('depcruise'), '--config', '.dependency-cruiser.mjs', 'src', 'projections']],
  },
  { name: 'lint', says: 'lint and format', commands: [[bin('biome'), 'check', '--error-on-warnings']] },
  { name: 'dead', says: 'no file, export or dependency without a use', commands: [[bin('knip')]] },
  {
    name: 'package',
    says: 'the package builds and can be published',
    commands: [
      [node, 'scripts/build.mjs'],
      [bin('publint'), '--strict'],
    ],
  },
  {
    name: 'record',
    says: 'the record breaks no rule',
    commands: [[node, '--import', 'tsx', 'src/cli/main.ts', 'check']],
  },
  {
    name: 'schema',
    says: 'events/schema.json is the one the vocabulary makes',
    commands: [script('schema', '--check')],
  },
  { name: 'docs', says: 'generated documentation is current', commands: [script('docs', '--check')] },
  { name: 'tests', says: 'tests, and the documentation executed', commands: [[bin('vitest'), 'run']] },
];

function run(section: Section): boolean {
  process.stdout.write(`\n── ${section.name}: ${section.says} ──\n`);
  return section.commands.every(
    ([command, ...args]) => command !== undefined && spawnSync(command, args, { stdio: 'inherit' }).status === 0,
  );
}

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !SECTIONS.some((section) => section.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `check: no section ${unknown.join(', ')}; there are ${SECTIONS.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(2);
}
const results = SECTIONS.filter(({ name }) => asked.length === 0 || asked.includes(name)).map((section) => ({
  name: section.name,
  fine: run(section),
}));

process.stdout.write('\n── summary ──\n');
for (const { name, fine } of results) process.stdout.write(`${fine ? 'fine  ' : 'WRONG '} ${name}\n`);
process.exit(results.every(({ fine }) => fine) ? 0 : 1);
