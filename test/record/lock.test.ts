import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { writeAtomically } from '../../src/record/atomic.ts';
import { canonicalJson } from '../../src/record/canonical.ts';
import { loadRecord } from '../../src/record/load.ts';
import { editionOf, extendLock, shortEdition } from '../../src/record/lock.ts';
import { checkRecord } from '../../src/record/rules/index.ts';
import { brief, SOURCES, shelf } from './shelf.ts';

function milestone(slug: string, recorded: string, ...said: string[]): string {
  return `milestone: ${slug}\ntitle: T\nsummary: S\nrecorded: ${recorded}\nevents:\n${said.map((words, i) => `  - { id: ${slug}/${i}, type: StatementMade, effective: 2020, data: { by: A, said: ${words} }, sources: [a-source] }\n`).join('')}`;
}

async function locked(files: Record<string, string>): Promise<string> {
  const folder = await shelf({ 'sources.yaml': SOURCES, ...files });
  expect(await extendLock(await loadRecord(folder))).toMatchObject({ ok: true });
  return folder;
}

const lockOf = (folder: string) => readFile(join(folder, 'record.lock'), 'utf8');

describe('the lock', () => {
  test('chains every event by day recorded, milestone and place in it, whatever the files are called', async () => {
    const folder = await locked({
      '2022-a.yaml': milestone('a', '2026-11-22', 'x'),
      '2010-b.yaml': milestone('b', '2026-11-21', 'y', 'z'),
      '2023-c.yaml': milestone('c', '2026-11-21', 'w'),
    });
    const [header, ...lines] = (await lockOf(folder)).trim().split('\n');
    expect(header).toMatch(/^# as-it-stood record.lock, format 1/);
    expect(lines.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(['1 b/0', '2 b/1', '3 c/0', '4 a/0']);
    const record = await loadRecord(folder);
    expect(record.edition).toBe(lines.at(-1)?.split(' ')[3]);
    expect(shortEdition(record.edition)).toMatch(/^[0-9a-f]{12}$/);
    expect(checkRecord(record)).toEqual([]);
  });

  test('grows at its end only, even when a new event would sort first', async () => {
    const folder = await locked({ '2020-m.yaml': milestone('m', '2026-11-21', 'x') });
    const before = await lockOf(folder);
    await writeFile(join(folder, '2019-a.yaml'), milestone('a', '2026-11-20', 'y'));
    const unlocked = await loadRecord(folder);
    expect(await extendLock(unlocked)).toEqual({ ok: true, added: 1, edition: unlocked.edition });
    expect((await lockOf(folder)).startsWith(before)).toBe(true);
    expect((await loadRecord(folder)).edition).toBe(unlocked.edition);
    expect(await extendLock(await loadRecord(folder))).toMatchObject({ added: 0 });
  });

  test.each([
    [
      'another word',
      (text: string) => text.replace('said: x', 'said: y'),
      '2020-m.yaml:6:5 locked-event-edited the event m/0 is locked and has been edited',
    ],
    [
      'another day of recording',
      (text: string) => text.replace('2026-11-21', '2026-11-22'),
      '2020-m.yaml:6:5 locked-event-edited',
    ],
    [
      'a deletion',
      (text: string) => text.replaceAll('m/0', 'm/9'),
      'record.lock:2:1 locked-event-edited the locked event m/0 is no longer in the record',
    ],
  ])('finds %s, and is not extended then', async (_, edit, expected) => {
    const folder = await locked({ '2020-m.yaml': milestone('m', '2026-11-21', 'x') });
    const before = { text: await lockOf(folder), edition: (await loadRecord(folder)).edition };
    await writeFile(join(folder, '2020-m.yaml'), edit(milestone('m', '2026-11-21', 'x')));
    const record = await loadRecord(folder);
    expect(brief(checkRecord(record))).toContainEqual(expect.stringContaining(expected));
    expect(record.edition).not.toBe(before.edition);
    expect(await extendLock(record)).toMatchObject({ ok: false });
    expect(await lockOf(folder)).toBe(before.text);
  });

  test('does not mind comments, order of keys, quotes and block style', async () => {
    const folder = await locked({ '2020-m.yaml': milestone('m', '2026-11-21', 'x') });
    await writeFile(
      join(folder, '2020-m.yaml'),
      '# A comment\nmilestone: m\ntitle: Other\nsummary: Other\nrecorded: "2026-11-21"\nevents:\n  - type: StatementMade\n    sources:\n      - a-source\n    id: m/0\n    effective: "2020"\n    data:\n      said: "x"\n      by: A\n',
    );
    expect(checkRecord(await loadRecord(folder))).toEqual([]);
  });

  test('an edited lock is found at the line that does not follow', async () => {
    const folder = await locked({ '2020-m.yaml': milestone('m', '2026-11-21', 'x', 'y', 'z') });
    const lines = (await lockOf(folder)).split('\n');
    for (const edited of [
      lines.toSpliced(2, 1),
      lines.with(2, `${lines[2]?.slice(0, -1)}0 `),
      lines.with(2, 'rubbish'),
    ]) {
      await writeFile(join(folder, 'record.lock'), edited.join('\n'));
      expect(brief((await loadRecord(folder)).problems)).toEqual([expect.stringMatching(/^record.lock:3:1 lock /)]);
    }
    await writeFile(join(folder, 'record.lock'), '# some other file\n');
    expect(brief((await loadRecord(folder)).problems)).toEqual([
      expect.stringMatching(/^record.lock:1:1 lock the first line/),
    ]);
  });

  test('a record with an error is not locked, and nothing is written', async () => {
    const folder = await shelf({ '2020-m.yaml': milestone('m', '2026-11-21', 'x').replace('2020,', '2020-02-30,') });
    expect(await extendLock(await loadRecord(folder))).toMatchObject({ ok: false, problems: [{ rule: 'date' }] });
    expect(await readdir(folder)).toEqual(['2020-m.yaml']);
  });
});

test('the edition does not depend on the order in which events come', async () => {
  const folder = await locked({
    '2020-a.yaml': milestone('a', '2026-11-21', 'x', 'y', 'z'),
    '2020-b.yaml': milestone('b', '2026-11-20', 'x', 'y'),
  });
  const record = await loadRecord(folder);
  const events = record.milestones.flatMap((each) => each.events);
  fc.assert(
    fc.property(
      fc.shuffledSubarray(events, { minLength: events.length }),
      (shuffled) => editionOf(shuffled, []) === record.edition,
    ),
  );
});

test('canonical JSON is one text for one value, and reads back as that value', () => {
  expect(canonicalJson({ b: [1, null, 'é'], a: { z: true, y: undefined } })).toBe('{"a":{"z":true},"b":[1,null,"é"]}');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

test('an atomic write leaves the old file and nothing else when it fails', async () => {
  const folder = await shelf({ 'kept.txt': 'old' });
  await expect(writeAtomically(join(folder, 'nowhere', 'kept.txt'), 'new')).rejects.toThrow();
  await writeAtomically(join(folder, 'kept.txt'), 'new');
  expect(await readFile(join(folder, 'kept.txt'), 'utf8')).toBe('new');
  expect(await readdir(folder)).toEqual(['kept.txt']);
});
