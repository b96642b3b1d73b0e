import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { openRecord } from '../../src/machine/index.ts';
import { lessonJsonSchemaText, loadLessons } from '../../src/record/lessons.ts';

const SHIPPED = new URL('../../events/lessons/', import.meta.url).pathname;

let folder = '';
afterEach(() => rm(folder, { recursive: true, force: true }));

async function reading(files: Readonly<Record<string, string>>) {
  folder = await mkdtemp(join(tmpdir(), 'as-it-stood-lessons-'));
  await mkdir(folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const { lessons, problems } = await loadLessons(folder);
  return {
    lessons: lessons.map(({ lesson }) => lesson),
    problems: problems.map(({ line, column, message, hint = '' }) => `${line}:${column} ${message} ${hint}`.trim()),
  };
}

const WHOLE = `lesson: one
title: One
summary: What it is about.
order: 2
steps:
  - heading: First
    events: [story/one]
    questions:
      - { ask: How many?, answer: { count: system, at: 2020-06-01 } }
`;

describe('a lesson', () => {
  test('is read, with others, in their order', async () => {
    const second = WHOLE.replace('lesson: one', 'lesson: two').replace('order: 2', 'order: 1');
    expect(await reading({ 'one.yaml': WHOLE, 'two.yaml': second })).toEqual({ lessons: ['two', 'one'], problems: [] });
  });

  test.each([
    ['an answer typed in', '{ count: system, at: 2020-06-01 }', '18', /^9:35 .* should be a map of keys and values/],
    ['a day that cannot be one', '2020-06-01', '"1 June"', /a day is written 2013-04-01/],
    ['an event’s name alone', 'story/one', 'one', /^7:14 .*the id of an event is/],
    ['a word that means nothing', 'heading: First', 'heading: First\n    picture: yes', /^7:5 .*picture/],
    ['no steps', /steps:[\s\S]*/, 'steps: []\n', /^5:8 /],
  ])('%s is told where it stands', async (_, from, to, problem) => {
    const { lessons, problems } = await reading({ 'one.yaml': WHOLE.replace(from, to) });
    expect(lessons).toEqual([]);
    expect(problems.join('\n')).toMatch(problem);
  });

  test('bears the name of its file', async () => {
    const { problems } = await reading({ 'other.yaml': WHOLE });
    expect(problems).toEqual(['1:9 the file other.yaml does not bear the name of its lesson call it one.yaml']);
  });

  test('is not missed where there is no folder', async () => {
    expect(await loadLessons('/nowhere/at/all')).toEqual({ lessons: [], problems: [] });
  });
});

describe('the lessons we ship', () => {
  test('are five, read without a problem, and choose events that the record has', async () => {
    const { lessons, problems } = await loadLessons(SHIPPED);
    expect(problems).toEqual([]);
    expect(lessons.length).toBe(5);
    const machine = await openRecord();
    const chosen = lessons.flatMap(({ steps }) =>
      steps.flatMap(({ events, questions = [] }) => [
        ...events,
        ...questions.flatMap(({ answer }) => ('events' in answer ? answer.events : [])),
      ]),
    );
    for (const id of chosen) expect(machine.event(id).id).toBe(id);
  });

  test('follow the schema that editors read', async () => {
    expect(await readFile(join(SHIPPED, 'schema.json'), 'utf8')).toBe(lessonJsonSchemaText());
  });
});
