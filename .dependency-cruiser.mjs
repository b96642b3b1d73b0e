import { ROOMS } from './rooms.mjs';

/** @param {string} text */
const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
/** @param {string} folder */
const inside = (folder) => `^${literal(folder)}/`;
/** @param {string[]} parts */
const anyOf = (parts) => (parts.length > 0 ? `(${parts.join('|')})` : '^$');

const HOUSE = '^(src|projections)/';
const NPM = ['npm', 'npm-dev', 'npm-optional', 'npm-peer', 'npm-no-pkg', 'npm-unknown', 'npm-bundled'];

/** What one room may import, as rules that forbid everything else. */
function rulesOf(/** @type {import('./rooms.mjs').Room} */ room) {
  const from = { path: inside(room.folder) };
  const open = [room, ...ROOMS.filter((other) => room.may.includes(other.name))].map((other) => inside(other.folder));
  const typed = ROOMS.filter((other) => room.mayType?.includes(other.name)).map((other) => inside(other.folder));
  const files = ROOMS.flatMap((other) =>
    (room.mayFile?.[other.name] ?? []).map((file) => `${inside(other.folder)}${literal(file)}$`),
  );
  const packages = room.packages.map((name) => `(^|/)node_modules/${literal(name)}/`);
  const rules = [
    {
      name: `${room.name}-imports-only-its-rooms`,
      comment: `${room.why} It may import ${[...room.may, ...(room.mayType ?? [])].join(', ') || 'no other room'}.`,
      severity: 'error',
      from,
      to: { path: HOUSE, pathNot: anyOf([...open, ...typed, ...files]) },
    },
    {
      name: `${room.name}-imports-only-its-packages`,
      comment: `Packages are spoken to in one room each, so that replacing one is the work of one room; here: ${room.packages.join(', ') || 'none'}.`,
      severity: 'error',
      from,
      to: { dependencyTypes: NPM, pathNot: anyOf(packages) },
    },
  ];
  if (typed.length > 0) {
    rules.push({
      name: `${room.name}-imports-types-only`,
      comment: `Of ${room.mayType?.join(', ')} it may know the shapes, not the works.`,
      severity: 'error',
      from,
      to: { path: anyOf(typed), pathNot: anyOf(files), dependencyTypesNot: ['type-only'] },
    });
  }
  if (!room.node) {
    rules.push({
      name: `${room.name}-touches-no-node-module`,
      comment: 'It must run in a browser as it does on a server.',
      severity: 'error',
      from,
      to: { dependencyTypes: ['core'] },
    });
  }
  return rules;
}

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...ROOMS.flatMap(rulesOf),
    {
      name: 'every-file-has-a-room',
      comment: 'A file of src/ outside the rooms would escape every other rule.',
      severity: 'error',
      from: { path: HOUSE, pathNot: anyOf(ROOMS.map((room) => inside(room.folder))) },
      to: {},
    },
    {
      name: 'no-cycles',
      comment: 'Two files that need each other are one file, or want a third.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nothing imports and that imports nothing is forgotten.',
      severity: 'error',
      from: { path: HOUSE, orphan: true, pathNot: '^src/web/|\\.d\\.ts$' },
      to: {},
    },
    {
      name: 'house-knows-no-workshop',
      comment: 'What is published does not lean on scripts or tests.',
      severity: 'error',
      from: { path: HOUSE },
      to: { path: '^(scripts|test)/' },
    },
    {
      name: 'no-development-packages',
      comment:
        'What is published uses only what is installed with it; a package may be a development one where only its types are used.',
      severity: 'error',
      from: { path: HOUSE },
      to: {
        dependencyTypes: ['npm-dev'],
        dependencyTypesNot: ['type-only'],
        pathNot: '(^|/)node_modules/@types/',
      },
    },
    {
      name: 'everything-resolves',
      comment: 'An import that leads nowhere fails on somebody else’s machine first.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.json'],
    },
  },
};
