import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { generatedPages, listed } from '../../scripts/docs-pages.ts';
import { lessonSchema } from '../../src/record/lessons.ts';
import { EVENT_TYPES, eventTypeNamed } from '../../src/vocabulary/index.ts';
import { KINDS } from '../../src/vocabulary/kinds.ts';
import { exists, fences, pages, read, stood, words } from './project.ts';

/** A command line shown in a page, and the output shown under it. */
interface Shown {
  readonly where: string;
  readonly line: string;
  readonly says: readonly string[];
}

function shown(): Shown[] {
  return pages().flatMap((page) =>
    fences(page)
      .filter(({ language }) => language === 'console')
      .flatMap(({ text, line }) =>
        text.split(/^\$ /m).flatMap((part) => {
          const [command, ...says] = part.split('\n').map((each) => each.trimEnd());
          return command
            ? [
                {
                  where: `${page}:${line}`,
                  line: command,
                  says: says.filter((each) => each !== '' && !each.includes('…')),
                },
              ]
            : [];
        }),
      ),
  );
}

describe('every command shown in the documentation runs', () => {
  it.concurrent.each(shown().map((each) => [`${each.where} $ ${each.line}`, each] as const))(
    '%s',
    async (_, { line, says }) => {
      const [program, ...args] = words(line.replace(/^npx /, ''));
      expect(program).toBe('stood');
      const { code, stdout, stderr } = await stood(...args);
      expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout.trim()).not.toBe('');
      for (const said of says) expect(stdout).toContain(said.trim());
    },
    120_000,
  );

  it('and there are some', () => {
    expect(shown().length).toBeGreaterThanOrEqual(9);
  });
});

describe('the documentation mentions everything there is', () => {
  const all = pages().map(read).join('\n');
  const mentions = (name: string): boolean => new RegExp(`(^|[^\\w-])${name}($|[^\\w-])`, 'm').test(all);

  it('every event type', () => {
    expect(EVENT_TYPES.map(({ name }) => name).filter((name) => !mentions(name))).toEqual([]);
  });

  it('every kind', () => {
    expect(KINDS.map(({ name }) => name).filter((name) => !mentions(name))).toEqual([]);
  });

  it.each([
    ['projection', 'projections/index.ts', 'PROJECTIONS', ''],
    ['rule', 'src/record/rules/index.ts', 'RULES', ''],
    ['command', 'src/cli/commands.ts', 'COMMANDS', 'stood '],
  ])('every %s', async (_, module, list, before) => {
    const items = (await listed(module, list)) ?? [];
    expect(items.length).toBeGreaterThan(0);
    expect(items.map(({ name }) => `${before}${name}`).filter((name) => !mentions(name))).toEqual([]);
    expect(items.filter(({ summary }) => summary.trim() === '')).toEqual([]);
  });

  it('and the pages made from the lists are current (npm run docs)', async () => {
    const stale = (await generatedPages()).filter(({ path, text }) => !exists(path) || read(path) !== text);
    expect(stale.map(({ path }) => path)).toEqual([]);
  }, 120_000);
});

describe('the documentation holds together', () => {
  /** The anchor that a heading gets. */
  const anchor = (heading: string): string =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-');

  const links = pages().flatMap((page) =>
    [
      ...read(page)
        .replace(/^```[\s\S]*?^```/gm, '')
        .matchAll(/\]\(([^)\s]+)\)/g),
    ]
      .map((found) => found[1] ?? '')
      .filter((target) => !/^[a-z]+:/.test(target))
      .map((target) => [page, target] as const),
  );

  /** Made by hand, now and then: trying every mutant takes too long to be asked of everyone. */
  const awaited = new Set(['docs/mutation.md']);

  it('every link inside it leads somewhere', () => {
    const broken = links.filter(([page, target]) => {
      const [path = '', fragment] = target.split('#');
      const file = path === '' ? page : normalize(join(dirname(page), path)).replace(/\/$/, '');
      if (!exists(file)) return !awaited.has(file);
      return (
        fragment !== undefined &&
        !read(file)
          .split('\n')
          .some((line) => /^#+ /.test(line) && anchor(line.replace(/^#+ /, '')) === fragment)
      );
    });
    expect(broken).toEqual([]);
    expect(links.length).toBeGreaterThan(20);
  });

  it('every page of docs/ can be reached from its index', () => {
    const listedPages = [...read('docs/README.md').matchAll(/\]\(([^)#]+\.md)/g)].map((found) => `docs/${found[1]}`);
    const decisions = [...read('docs/decisions/README.md').matchAll(/\]\(([^)#]+\.md)/g)].map(
      (found) => `docs/decisions/${found[1]}`,
    );
    const unlisted = pages().filter(
      (page) => page.startsWith('docs/') && !/README\.md$/.test(page) && ![...listedPages, ...decisions].includes(page),
    );
    expect(unlisted).toEqual([]);
  });

  it('events shown in YAML are events that the record would take', () => {
    const milestones = fences('docs/adding.md').filter(
      ({ language, text }) => language === 'yaml' && /^milestone:/m.test(text),
    );
    const events = milestones.flatMap(
      ({ text }) => (parse(text) as { events: { type: string; data: unknown; sources: unknown[] }[] }).events,
    );
    expect(events.length).toBeGreaterThan(0);
    for (const { type, data, sources } of events) {
      expect(eventTypeNamed(type)?.data.safeParse(data).error?.issues ?? []).toEqual([]);
      expect(sources.length).toBeGreaterThan(0);
    }
  });

  it('a lesson shown in YAML is a lesson', () => {
    const lessons = fences('docs/adding.md').filter(
      ({ language, text }) => language === 'yaml' && /^lesson:/m.test(text),
    );
    expect(lessons.length).toBe(1);
    for (const { text } of lessons) expect(lessonSchema.safeParse(parse(text)).error?.issues ?? []).toEqual([]);
  });
});
