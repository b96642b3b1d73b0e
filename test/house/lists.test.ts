import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { exists, ROOT, read } from './project.ts';

const LISTS = [
  { what: 'event type', folder: 'src/vocabulary/events', index: 'src/vocabulary/index.ts', list: 'EVENT_TYPES' },
  { what: 'projection', folder: 'projections', index: 'projections/index.ts', list: 'PROJECTIONS' },
  { what: 'rule', folder: 'src/record/rules', index: 'src/record/rules/index.ts', list: 'RULES' },
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

/** Files that hold one item each: not the index, and not what the items are made with. */
function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder))
    .filter((file) => file.endsWith('.ts') && !['index.ts', 'define.ts'].includes(file))
    .map((file) => `${folder}/${file}`);
}

describe('what is there is listed', () => {
  describe.each(LISTS)('$what', ({ what, folder, index, list }) => {
    it.skipIf(!exists(index))('each file in its folder, and nothing twice', async () => {
      const items = (await exportsOf(index))[list] as readonly Item[];
      const modules = new Set<unknown>(await Promise.all(items.map((item) => item.load?.())));
      const unlisted: string[] = [];
      for (const file of files(folder)) {
        const module = await exportsOf(file);
        const isListed =
          modules.has(module) || Object.values(module).some((value) => (items as readonly unknown[]).includes(value));
        if (!isListed) unlisted.push(`${file} is not listed: add its ${what} to ${list} in ${index}`);
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
