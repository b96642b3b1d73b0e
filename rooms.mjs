// The rooms of the house and who may enter them: the one list from which the import rules
// (.dependency-cruiser.mjs) and the picture in docs/rooms.md are made.

/**
 * @typedef {object} Room
 * @property {string} name
 * @property {string} folder
 * @property {string} why What the room answers, and why it may go no further.
 * @property {string[]} may Rooms it may import.
 * @property {string[]} [mayType] Rooms of which it may import types only.
 * @property {Record<string, string[]>} [mayFile] Rooms of which it may import some files, values and all.
 * @property {string[]} packages Packages it may import.
 * @property {boolean} node Whether it may use what Node brings.
 */

/** @type {Room[]} */
export const ROOMS = [
  {
    name: 'time',
    folder: 'src/time',
    why: 'Days in and days out, at the bottom of the house: it knows of no other room.',
    may: [],
    packages: ['luxon', 'edtf'],
    node: false,
  },
  {
    name: 'vocabulary',
    folder: 'src/vocabulary',
    why: 'The words, at the bottom of the house: every event type with its schema, sentence and example.',
    may: [],
    packages: ['zod'],
    node: false,
  },
  {
    name: 'timeline',
    folder: 'src/timeline',
    why: 'The engine: columns of dated changes. It answers in a browser as on a server, so it uses no package and no Node module.',
    may: ['time', 'vocabulary'],
    packages: [],
    node: false,
  },
  {
    name: 'projections',
    folder: 'projections',
    why: 'What each event changes, as pure tables: the words, and how the timeline writes a change; nothing else.',
    may: ['vocabulary'],
    mayType: ['timeline'],
    mayFile: { timeline: ['types.ts', 'change.ts'] },
    packages: [],
    node: false,
  },
  {
    name: 'record',
    folder: 'src/record',
    why: 'Reads, checks and locks the events: words and days are all it needs.',
    may: ['time', 'vocabulary'],
    packages: ['yaml', 'zod'],
    node: true,
  },
  {
    name: 'store',
    folder: 'src/store',
    why: 'The port to event stores: the only room that knows a database or a client of one.',
    may: ['time', 'vocabulary'],
    mayType: ['record'],
    packages: ['@eventstore/db-client', 'libsql'],
    node: true,
  },
  {
    name: 'machine',
    folder: 'src/machine',
    why: 'The front door of the library: joins record, store, timeline and projections.',
    may: ['time', 'vocabulary', 'timeline', 'projections', 'record', 'store'],
    packages: ['luxon'],
    node: true,
  },
  {
    name: 'import',
    folder: 'src/import',
    why: 'One file an official format: turns it into a milestone for review, held against the record.',
    may: ['time', 'vocabulary', 'record'],
    packages: ['csv-parse'],
    node: true,
  },
  {
    name: 'rekey',
    folder: 'src/rekey',
    why: "A researcher's own file, read as a stream and brought to other bodies by the machine's plain answers.",
    may: ['time', 'vocabulary', 'machine'],
    mayType: ['record'],
    mayFile: { record: ['near.ts'] },
    packages: ['csv-parse', 'csv-stringify'],
    node: true,
  },
  {
    name: 'exporters',
    folder: 'src/exporters',
    why: "One file a format, made from the machine's plain answers.",
    may: ['time', 'vocabulary', 'views'],
    mayType: ['machine'],
    packages: ['csv-stringify', 'ical-generator'],
    node: false,
  },
  {
    name: 'views',
    folder: 'src/views',
    why: "Draws from the machine's plain answers, anywhere: no Node module.",
    may: ['time', 'vocabulary'],
    mayType: ['machine'],
    packages: ['preact', 'preact-render-to-string', 'd3-sankey', 'd3-shape'],
    node: false,
  },
  {
    name: 'cli',
    folder: 'src/cli',
    why: 'A door: one file a command. Doors never import one another; but the commands that open the other door do so by its handles.',
    may: ['time', 'vocabulary', 'record', 'store', 'machine', 'import', 'rekey', 'exporters', 'views'],
    mayFile: { http: ['serve.ts', 'site.ts'] },
    packages: ['commander', 'csv-parse', 'csv-stringify'],
    node: true,
  },
  {
    name: 'http',
    folder: 'src/http',
    why: 'A door: one file a resource. Doors never import one another.',
    may: ['time', 'vocabulary', 'record', 'store', 'machine', 'exporters', 'views'],
    packages: ['hono', '@hono/node-server', '@hono/zod-openapi', 'preact', 'zod'],
    node: true,
  },
  {
    name: 'web',
    folder: 'src/web',
    why: "A door: the page's script and style, which run in a browser. Doors never import one another.",
    may: ['time', 'vocabulary', 'views'],
    mayType: ['machine'],
    packages: [],
    node: false,
  },
];

/** Packages that the command must not load before it knows that it needs them: a cold start reads compiled data only. */
export const LATE_PACKAGES = [
  'zod',
  'luxon',
  'edtf',
  'yaml',
  '@eventstore/db-client',
  'libsql',
  'csv-parse',
  'hono',
  '@hono/node-server',
  '@hono/zod-openapi',
];

/** Rooms of which it may import some files and nothing else. @param {Room} room */
function filesOnly(room) {
  return Object.keys(room.mayFile ?? {}).filter((other) => !room.mayType?.includes(other));
}

/** The picture of the permitted imports, in Mermaid: solid for everything, dotted for types only. */
export function roomsDiagram() {
  const lines = ['flowchart BT'];
  for (const room of ROOMS) lines.push(`  ${room.name}["${room.folder}/"]`);
  for (const room of ROOMS) {
    for (const other of room.may) lines.push(`  ${room.name} --> ${other}`);
    for (const other of room.mayType ?? []) lines.push(`  ${room.name} -. types .-> ${other}`);
    for (const other of filesOnly(room))
      lines.push(`  ${room.name} -. ${room.mayFile?.[other]?.join(' ')} .-> ${other}`);
  }
  return lines.join('\n');
}

/** The rooms as a Markdown table. */
export function roomsTable() {
  const rows = ROOMS.map((room) => {
    const rooms = [
      ...room.may,
      ...(room.mayType ?? []).map((other) => {
        const files = (room.mayFile?.[other] ?? []).map((file) => `\`${file}\``);
        return `${other} (${['types', ...files].join(', ')})`;
      }),
      ...filesOnly(room).map(
        (other) => `${other} (${(room.mayFile?.[other] ?? []).map((file) => `\`${file}\``).join(', ')})`,
      ),
    ];
    const packages = room.packages.map((name) => `\`${name}\``).join(', ');
    return `| \`${room.folder}/\` | ${room.why} | ${rooms.join(', ') || 'none'} | ${packages || 'none'} | ${room.node ? 'yes' : 'no'} |`;
  });
  return [
    '| Room | What it is for | May import | Packages | Node modules |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}
