import { mkdir, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadRecord } from '../../src/record/load.ts';
import { checkRecord } from '../../src/record/rules/index.ts';
import { LARGEST_FILE } from '../../src/record/yaml.ts';
import { brief, recordOf, shelf } from './shelf.ts';

async function problemsOf(content: string | Uint8Array): Promise<string[]> {
  return brief((await recordOf({ 'x.yaml': content })).problems);
}

describe('what no record should hold is told, never thrown', () => {
  test.each([
    ['an empty file', '', /^x.yaml:1:1 yaml the file is empty/],
    ['a file of comments', '# nothing\n', /^x.yaml:1:1 shape this should be a map of keys and values, not nothing/],
    ['a list', '- 1\n', /not a list/],
    ['a text', 'hello\n', /not a text/],
    [
      'malformed YAML',
      'milestone: x\ntitle: "never closed\nevents: []\n',
      /^x.yaml:\d+:\d+ yaml missing closing "quote/,
    ],
    [
      'a tab for indent',
      'milestone:\n\t- x\n',
      /^x.yaml:2:1 yaml tabs are not allowed as indentation \| indent with spaces, never with tabs/,
    ],
    ['a colon in a plain text', 'title: one: two\n', /^x.yaml:1:\d+ yaml/],
    [
      'a key that stands twice',
      'milestone: a\ntitle: b\nmilestone: c\n',
      /^x.yaml:3:1 duplicate-key the key milestone stands here a second time/,
    ],
    ['an alias', 'a: &a [1]\nb: *a\n', /^x.yaml:2:4 yaml the alias \*a is not read/],
    ['a tag', 'a: !!binary aGk=\n', /^x.yaml:1:\d+ yaml the tag tag:yaml.org,2002:binary is not read/],
    ['a directive', '%YAML 1.1\n---\na: 1\n', /directives are not read/],
    ['a second document', 'a: 1\n---\nb: 2\n', /^x.yaml:2:1 yaml a second document/],
    ['a key that is a map', '? { a: 1 }\n: 2\n', /cannot be a key/],
    ['a key that would poison', '__proto__: { polluted: true }\n', /^x.yaml:1:1 yaml this cannot be a key/],
    [
      'an escape that would paint the terminal',
      'title: "\u001b[31m"\n',
      /^x.yaml:1:9 yaml a control character \(U\+001B\)/,
    ],
    ['the same by way of YAML', 'title: "\\e[31m"\n', /^x.yaml:1:8 yaml this text holds a control character/],
    ['the same in a key', '"\\e[31m": 1\n', /^x.yaml:1:1 yaml this cannot be a key/],
    [
      'a letter that turns the order of those after it',
      'title: a\u202eb\n',
      /^x.yaml:1:9 yaml a control character \(U\+202E\)/,
    ],
  ])('%s', async (_, content, expected) => {
    expect(await problemsOf(content)).toContainEqual(expect.stringMatching(expected));
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  test('an alias bomb is refused and takes no time', async () => {
    const bomb = [
      'a0: &a0 [x,x,x,x,x,x,x,x,x]',
      ...Array.from({ length: 40 }, (_, i) => `a${i + 1}: &a${i + 1} [${Array(9).fill(`*a${i}`).join(',')}]`),
    ].join('\n');
    const problems = await problemsOf(bomb);
    expect(problems[0]).toMatch(/^x.yaml:2:\d+ yaml the alias \*a0 is not read/);
    expect(problems.length).toBeLessThanOrEqual(60);
  });

  test.each([
    ['brackets', '['.repeat(200_000)],
    ['braces', '{a: '.repeat(100_000)],
    ['dashes', '- '.repeat(50_000)],
    ['indents', Array.from({ length: 400 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
    ['explicit keys', '? '.repeat(50_000)],
  ])('nesting of %s deeper than fifty levels is refused at the first too deep', async (_, content) => {
    const problems = await problemsOf(content);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^x.yaml:\d+:\d+ yaml nested more than 50 levels deep/);
  });

  test('a file above the limit is refused unread, one just below is not', async () => {
    const folder = await shelf({ 'big.yaml': '', 'small.yaml': '#' });
    await truncate(join(folder, 'big.yaml'), 50 * 1024 * 1024);
    await truncate(join(folder, 'small.yaml'), LARGEST_FILE);
    const [big, small] = brief((await loadRecord(folder)).problems);
    expect(big).toBe(
      'big.yaml:1:1 file the file is too large (50.0 MB; the limit is 5 MB) | split it into several milestones',
    );
    expect(small).toMatch(/^small.yaml:1:2 yaml a control character \(U\+0000\)/);
  });

  test('bytes that are not UTF-8', async () => {
    expect(await problemsOf(Buffer.from('title: caf\u00e9\nsummary: x', 'latin1'))).toEqual([
      'x.yaml:1:11 yaml the file is not UTF-8 text from here on | save it as UTF-8',
    ]);
    expect((await problemsOf(Buffer.from('title: x', 'utf16le')))[0]).toMatch(/control character/);
  });

  test('a byte order mark and Windows line ends are no trouble', async () => {
    const text =
      '\ufeffmilestone: x\r\ntitle: X\r\nsummary: X\r\nrecorded: 2026-11-21\r\nevents:\r\n  - { id: x/a, type: StatementMade, effective: 2020, data: { by: A, said: B }, sources: [s] }\r\n';
    const record = await recordOf({ '2020-x.yaml': text });
    expect(record.problems).toEqual([]);
    expect(record.milestones[0]?.events[0]?.place).toMatchObject({ line: 6, column: 5 });
  });

  test('a folder, a link that leads back to itself, a broken link and another ending', async () => {
    const folder = await shelf({ 'd.yml': 'a: 1\n' });
    await mkdir(join(folder, 'a.yaml'));
    await symlink('b.yaml', join(folder, 'b.yaml'));
    await symlink('nowhere.yaml', join(folder, 'c.yaml'));
    expect(brief((await loadRecord(folder)).problems)).toEqual([
      'a.yaml:1:1 file this is a folder, not a file | move it out of the record',
      'b.yaml:1:1 file this link leads back to itself | see that it is a plain file and that you may read it',
      'c.yaml:1:1 file the file cannot be read (ENOENT) | see that it is a plain file and that you may read it',
      'd.yml:1:1 file the files of the record end in .yaml | rename it d.yaml',
    ]);
  });

  test('a folder that is not there', async () => {
    const folder = join(await shelf({}), 'nowhere');
    expect((await loadRecord(folder)).problems).toMatchObject([
      { rule: 'file', message: expect.stringMatching(/cannot be read \(ENOENT\)/) },
    ]);
  });

  test('a thousand slips in one file are cut short', async () => {
    const problems = await problemsOf(Array.from({ length: 1000 }, () => 'a: 1').join('\n'));
    expect(problems.filter((problem) => /duplicate-key/.test(problem))).toHaveLength(51);
    expect(problems).toContainEqual(expect.stringMatching(/more than 50 problems/));
  });
});

describe('whatever a file holds, reading and checking it never throws', () => {
  const word = fc.constantFrom(
    'milestone',
    'title',
    'summary',
    'recorded',
    'events',
    'id',
    'type',
    'effective',
    'data',
    'sources',
    'x/a',
    'x',
    '2026-11-21',
    'OrganisationEstablished',
    'EventCorrected',
    'EventWithdrawn',
    'event',
    'replacement',
    'organisation',
    'icb/devon',
    'name',
    'kind',
    'null',
    '~',
    '1',
    '.nan',
    'true',
  );
  const piece = fc.oneof(
    word,
    fc.constantFrom(
      ': ',
      '\n',
      '\n  ',
      '\n  - ',
      '{',
      '}',
      '[',
      ']',
      ', ',
      '"',
      "'",
      '&a ',
      '*a',
      '!!str ',
      '|',
      '>',
      '#',
      '? ',
      '%',
      '---\n',
      '\t',
      '\u0000',
      '<<: ',
    ),
    fc.string({ maxLength: 5 }),
  );
  const garbage = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 3 },
      word,
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any'), { maxLength: 3 }),
      fc.dictionary(word, tie('any'), { maxKeys: 5 }),
    ),
  })).any as fc.Arbitrary<unknown>;
  const event = fc.record(
    { id: fc.constantFrom('x/a', 'x/b', 'y'), type: word, effective: value, data: value, sources: value },
    { requiredKeys: [] },
  );
  const milestone = fc
    .record(
      {
        milestone: fc.constant('x'),
        title: value,
        summary: fc.constant('S'),
        recorded: fc.constantFrom('2026-11-21', 'soon'),
        events: fc.array(event, { maxLength: 4 }),
      },
      { requiredKeys: [] },
    )
    .map((whole) => JSON.stringify(whole));

  test('as milestone, sources, coverage and lock', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          garbage,
          value.map((whole) => JSON.stringify(whole)),
          milestone,
        ),
        async (text) => {
          const record = await recordOf({
            'x.yaml': text,
            'sources.yaml': text,
            'coverage.yaml': text,
            'record.lock': text,
          });
          for (const { line, column, message } of checkRecord(record)) {
            expect(line).toBeGreaterThan(0);
            expect(column).toBeGreaterThan(0);
            expect(message).not.toBe('');
          }
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

test('a file with several problems of shape and syntax names them all', async () => {
  const folder = await shelf({});
  await writeFile(join(folder, 'a.yaml'), 'milestone: "x\n');
  await writeFile(join(folder, 'b.yaml'), 'a: [1, 2\n');
  expect((await loadRecord(folder)).problems.map(({ file }) => file)).toEqual(
    expect.arrayContaining(['events/a.yaml', 'events/b.yaml']),
  );
});
