import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { roomsDiagram, roomsTable } from '../rooms.mjs';
import type { Exporter, Losing } from '../src/exporters/exporter.ts';
import { FACT_FIELDS } from '../src/exporters/facts.ts';
import { EXPORTERS } from '../src/exporters/index.ts';
import { FAMILIES } from '../src/vocabulary/define.ts';
import { EVENT_TYPES } from '../src/vocabulary/index.ts';
import { KINDS } from '../src/vocabulary/kinds.ts';
import { recordSections } from './record-doc.ts';

/** A page that is made, not written. */
export interface Page {
  readonly path: string;
  readonly text: string;
}

/** Anything that is listed once and shown everywhere. */
export interface Listed {
  readonly name: string;
  readonly summary: string;
}

const root = fileURLToPath(new URL('..', import.meta.url));
const made = '<!-- Made by `npm run docs` from the lists in the code; edit those. -->';

/** The list a module exports under a name; undefined while there is no such module. */
export async function listed(module: string, name: string): Promise<readonly Listed[] | undefined> {
  const path = `${root}${module}`;
  if (!existsSync(path)) return undefined;
  const exports: Record<string, unknown> = await import(pathToFileURL(path).href);
  const list = exports[name];
  return Array.isArray(list) ? (list as Listed[]) : undefined;
}

function page(path: string, title: string, ...parts: readonly string[]): Page {
  return { path, text: `${[made, `# ${title}`, ...parts].join('\n\n')}\n` };
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

function table(items: readonly Listed[]): string {
  return [
    '| Name | What it is |',
    '| --- | --- |',
    ...items.map(({ name, summary }) => `| \`${name}\` | ${cell(summary)} |`),
  ].join('\n');
}

function vocabulary(): Page {
  const sections = FAMILIES.map((family) => {
    const types = EVENT_TYPES.filter((type) => type.family === family).map(
      (type) =>
        `### ${type.name}\n\n${type.summary} Within a day: *${type.phase}*. Version ${type.version}.\n\n\`\`\`yaml\n${stringify({ type: type.name, data: type.example }, { lineWidth: 0 }).trimEnd()}\n\`\`\``,
    );
    return `## ${family[0]?.toUpperCase()}${family.slice(1)}\n\n${types.join('\n\n')}`;
  });
  return page(
    'docs/vocabulary.md',
    'The vocabulary',
    `Every event of the record is one of these ${EVENT_TYPES.length} types. The examples are checked against their schemas by the tests; \`events/schema.json\` lets an editor complete and check them as you type.`,
    ...sections,
  );
}

function kinds(): Page {
  const rows = KINDS.map(
    (kind) =>
      `| \`${kind.name}\` | ${'acronym' in kind ? kind.acronym : ''} | \`${kind.prefix}/…\` | ${'tier' in kind ? kind.tier : ''} | ${kind.statutory ? 'yes' : 'no'} | ${cell(kind.summary)} |`,
  );
  return page(
    'docs/kinds.md',
    'Kinds of body',
    'As used in `--kind`, which also takes the plural and the acronym.',
    ['| Kind | Acronym | Ids | Tier | Statutory | What it is |', '| --- | --- | --- | --- | --- | --- |', ...rows].join(
      '\n',
    ),
  );
}

async function lists(): Promise<Page[]> {
  const projections = await listed('projections/index.ts', 'PROJECTIONS');
  const rules = await listed('src/record/rules/index.ts', 'RULES');
  const reading = await listed('src/record/report.ts', 'READING_RULES');
  const pages: Page[] = [];
  if (projections) {
    pages.push(
      page(
        'docs/projections.md',
        'Projections',
        'What each event changes, one file each in `projections/`.',
        table(projections),
      ),
    );
  }
  if (rules) {
    pages.push(
      page(
        'docs/rules.md',
        'Rules of the record',
        'What `stood check` looks for, one file each in `src/record/rules/`, each with a failing example as its test.',
        table(rules),
        ...(reading ? ['Before them, reading the files finds:', table(reading)] : []),
      ),
    );
  }
  return pages;
}

async function help(...args: string[]): Promise<string> {
  const run = promisify(execFile);
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args, '--help'], {
    cwd: root,
    env: { ...process.env, COLUMNS: '100', NO_COLOR: '1' },
  });
  return `\`\`\`text\n${stdout.trimEnd()}\n\`\`\``;
}

async function commands(): Promise<Page[]> {
  const list = await listed('src/cli/commands.ts', 'COMMANDS');
  if (!list) return [];
  const sections: string[] = [];
  for (const { name, summary } of list) sections.push(`## stood ${name}\n\n${summary}\n\n${await help(name)}`);
  return [
    page(
      'docs/commands.md',
      'Commands',
      'What `--help` says, so that it can be read and searched in one place.',
      await help(),
      ...sections,
    ),
  ];
}

function rooms(): Page {
  return page(
    'docs/rooms.md',
    'The rooms',
    'Who may import whom. The list is `rooms.mjs`; dependency-cruiser enforces it in `npm run check`, and a test plants a violation to prove that it bites. An arrow points at what may be imported; a dotted one means types only. Nothing may go round in circles.',
    `\`\`\`mermaid\n${roomsDiagram()}\n\`\`\``,
    roomsTable(),
  );
}

/** The shortest file of a folder: the one to learn from. Undefined while there is none. */
function shortest(folder: string): string | undefined {
  if (!existsSync(`${root}${folder}`)) return undefined;
  return readdirSync(`${root}${folder}`)
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .sort()
    .map((file) => ({ path: `${folder}/${file}`, text: readFileSync(`${root}${folder}/${file}`, 'utf8').trimEnd() }))
    .filter(({ text }) => /^ {2}summary: /m.test(text))
    .sort((a, b) => a.text.length - b.text.length)
    .map(({ path, text }) => `// ${path}\n${text}`)[0];
}

/** The page written by hand, with its snippets filled from the files they stand for. */
function adding(): Page {
  const path = 'docs/adding.md';
  const text = readFileSync(`${root}${path}`, 'utf8').replace(
    /(<!-- shortest: (\S+) -->\n```ts\n)[\s\S]*?```/g,
    (all, opening: string, folder: string) => {
      const snippet = shortest(folder);
      return snippet === undefined ? all : `${opening}${snippet}\n\`\`\``;
    },
  );
  return { path, text };
}

async function record(): Promise<Page> {
  return page('docs/record.md', 'What the record holds', ...(await recordSections()));
}

async function formats(): Promise<Page[]> {
  const list = await listed('src/import/index.ts', 'FORMATS');
  return list
    ? [
        page(
          'docs/formats.md',
          'Official formats',
          'What `stood import` reads, one file each in `src/import/formats/`. What it makes is a draft: a person reads it before it enters the record.',
          table(list),
        ),
      ]
    : [];
}

/** Fields of facts in words short enough for a cell: a whole family as `name.*`. */
function fieldsInWords(fields: readonly string[]): string {
  const families = new Map<string, string[]>();
  for (const field of fields) {
    const family = field.slice(0, field.indexOf('.'));
    families.set(family, [...(families.get(family) ?? []), field]);
  }
  return [...families]
    .flatMap(([family, own]) =>
      own.length === FACT_FIELDS.filter((field) => field.startsWith(`${family}.`)).length ? [`${family}.*`] : own,
    )
    .map((field) => `\`${field}\``)
    .join(', ');
}

/** What a format makes of what it cannot hold as the record tells it, by what becomes of it and why. */
function lossesOf({ holds }: Exporter): string {
  const rows = new Map<string, { readonly loss: Losing; readonly fields: string[] }>();
  for (const field of FACT_FIELDS) {
    const treatment = holds[field];
    if (treatment === 'kept') continue;
    for (const loss of 'how' in treatment ? [treatment] : treatment) {
      const key = `${loss.how} ${loss.when === undefined} ${loss.why}`;
      const row = rows.get(key);
      if (row) row.fields.push(field);
      else rows.set(key, { loss, fields: [field] });
    }
  }
  if (rows.size === 0) return 'Nothing is lost.';
  return [
    '| Fields | What becomes of them | Why |',
    '| --- | --- | --- |',
    ...[...rows.values()].map(
      ({ loss, fields }) =>
        `| ${fieldsInWords(fields)} | ${loss.how}${loss.when ? ', some of them' : ''} | ${cell(loss.why)} |`,
    ),
  ].join('\n');
}

function exports(): Page {
  const sections = EXPORTERS.map((exporter) => {
    const { name, summary, audience, extension, aliases = [], mediaType, conventions } = exporter;
    const also = aliases.length > 0 ? `, also called ${aliases.map((alias) => `\`${alias}\``).join(', ')}` : '';
    return `## ${name}\n\n${summary}. For ${audience}; ${extension ? `files end in \`${extension}\`` : 'a folder'}, \`${mediaType}\`${also}.\n\n- **Intervals.** ${conventions.intervals}\n- **Precision.** ${conventions.precision}\n\n${lossesOf(exporter)}`;
  });
  return page(
    'docs/exports.md',
    'Ways out',
    'What `stood export <format>` writes, one file each in `src/exporters/formats/`. Everything selected is taken apart into facts; a format says of each field of a fact whether it keeps it, and the tests read every file with another program and find there what is kept. `--loss report.json` writes what became of each fact of your own export. A fact is *converted* when the target tells it in its own way and nothing is lost, *padded* when it looks more exact than it is known, *flattened* when it is told as text or several as one, and *dropped* when it is not there. [Decision 30](decisions/0030-loss-reports.md) says why.',
    [
      '| Format | What it is | For |',
      '| --- | --- | --- |',
      ...EXPORTERS.map(
        ({ name, summary, audience }) => `| [\`${name}\`](#${name}) | ${cell(summary)} | ${cell(audience)} |`,
      ),
    ].join('\n'),
    ...sections,
  );
}

/** Every page of docs/ that is made from the code. */
export async function generatedPages(): Promise<Page[]> {
  return [
    vocabulary(),
    kinds(),
    ...(await lists()),
    ...(await formats()),
    exports(),
    ...(await commands()),
    await record(),
    rooms(),
    adding(),
  ];
}
