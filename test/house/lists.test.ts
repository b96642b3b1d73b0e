import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ROOT, read } from './project.ts';

const LISTS = [
  { what: 'event type', folder: 'src/vocabulary/events', index: 'src/vocabulary/index.ts', list: 'EVENT_TYPES' },
  { what: 'projection', folder: 'projections', index: 'projections/index.ts', list: 'PROJECTIONS' },
  { what: 'rule', folder: 'src/record/rules', index: 'src/record/rules/index.ts', list: 'RULES' },
  { what: 'import format', folder: 'src/import/formats', index: 'src/import/index.ts', list: 'FORMATS' },
  { what: 'export format', folder: 'src/exporters/formats', index: 'src/exporters/index.ts', list: 'EXPORTERS' },
  { what: 'command', folder: 'src/cli/commands', index: 'src/cli/commands.ts', list: 'COMMANDS' },
] as const;

interface Item {
  readonly name: string;
  readonly summary: string;
  readonly load?: () => Promise<unknown>;
}

async function exportsOf(path: string): Promise<Record<string, unknown>> {
  return import(pathToFileURL(join(ROOT, path)).href);
}

/** What may stand in a list: anything with a name and a summary. What items are made with has neither. */
function isItem(value: unknown): value is Item {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'summary' in value &&
    typeof value.summary === 'string'
  );
}

function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith('.ts') && file !== 'index.ts')
    .map((file) => `${folder}/${file}`);
}

describe('what is there is listed', () => {
  describe.each(LISTS)('$what', ({ what, folder, index, list }) => {
    it('each file in its folder, and nothing twice', async () => {
      const items = (await exportsOf(index))[list] as readonly Item[];
      const loaded = await Promise.all(items.map((item) => item.load?.()));
      const known = new Set<unknown>([...items, ...loaded.flatMap((module) => Object.values(module ?? {}))]);
      const unlisted: string[] = [];
      for (const file of files(folder)) {
        const found = Object.values(await exportsOf(file)).filter(isItem);
        for (const { name } of found.filter((item) => !known.has(item))) {
          unlisted.push(`${name} (${file}) is not listed: add this ${what} to ${list} in ${index}`);
        }
      }
      expect(unlisted).toEqual([]);
      const names = items.map(({ name }) => name);
      expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    });
  });

  it('each file of events/: a milestone named after its date and slug, or one of the files every record has', () => {
    const ours = ['sources.yaml', 'coverage.yaml', 'divergences.yaml', 'schema.json', 'record.lock'];
    const strays = readdirSync(join(ROOT, 'events')).flatMap((file) => {
      if (ours.includes(file)) return [];
      const slug = /^milestone: *["']?([a-z0-9-]+)/m.exec(file.endsWith('.yaml') ? read(`events/${file}`) : '')?.[1];
      if (slug === undefined)
        return [`events/${file} is no milestone: give it a line "milestone: <slug>", or move it elsewhere`];
      const date = basename(file, '.yaml').slice(0, -slug.length - 1);
      return file.endsWith(`-${slug}.yaml`) && /^\d{4}(-\d{2}(-\d{2})?)?$/.test(date)
        ? []
        : [`events/${file} holds the milestone ${slug}: name it <first date>-${slug}.yaml`];
    });
    expect(strays).toEqual([]);
  });
});
