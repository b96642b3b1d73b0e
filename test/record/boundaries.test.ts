import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openRecord } from '../../src/machine/index.ts';
import { loadRecord } from '../../src/record/load.ts';
import { type Day, FOREVER, isoDay } from '../../src/time/day.ts';
import type { EventData } from '../../src/vocabulary/index.ts';

test('every body begins and ends on its day: absent the day before, there on it, and gone on its last boundary', async () => {
  const { believed } = await loadRecord(fileURLToPath(new URL('../../events', import.meta.url)));
  const machine = await openRecord();
  const alive = new Map<Day, Map<string, string>>();
  const existence = (id: string, day: Day): string => {
    const known =
      alive.get(day) ??
      new Map(machine.at(isoDay(day)).bodies.map((body): [string, string] => [body.id, body.existence]));
    alive.set(day, known);
    return known.get(id) ?? 'no';
  };
  const now = believed.filter(({ recordedTo }) => recordedTo === FOREVER);
  const begun = now.filter(({ type }) => type === 'OrganisationEstablished');
  const over = now.filter(({ type }) => type === 'OrganisationAbolished');
  const idOf = (data: unknown) => (data as EventData<'OrganisationAbolished'>).organisation;
  const precise = ({ effective }: (typeof now)[number]) => effective.earliest === effective.latest;
  const beginsOf = new Map(begun.map((event) => [idOf(event.data), event]));
  const endsOf = new Map(over.map((event) => [idOf(event.data), event]));
  const there = (id: string, day: Day) => ['certain', 'expected'].includes(existence(id, day));
  const wrong: string[] = [];
  let boundaries = 0;
  for (const event of begun.filter(precise)) {
    const id = idOf(event.data);
    const day = event.effective.earliest;
    const last = endsOf.get(id)?.effective.earliest ?? FOREVER;
    boundaries++;
    if (existence(id, day - 1) !== 'no') wrong.push(`${id} is there on ${isoDay(day - 1)}, before ${event.id}`);
    for (const on of [day, day + 1])
      if (on < last && !there(id, on)) wrong.push(`${id} is not there on ${isoDay(on)}, after ${event.id}`);
  }
  for (const event of over.filter(precise)) {
    const id = idOf(event.data);
    const day = event.effective.earliest;
    const first = beginsOf.get(id)?.effective.latest ?? FOREVER;
    boundaries++;
    if (day - 1 >= first && !there(id, day - 1))
      wrong.push(`${id} is not there on ${isoDay(day - 1)}, before ${event.id}`);
    for (const on of [day, day + 1])
      if (existence(id, on) !== 'no') wrong.push(`${id} is still there on ${isoDay(on)}, after ${event.id}`);
  }
  expect(wrong).toEqual([]);
  expect(boundaries).toBeGreaterThan(2000);
  const fuzzy = [...begun, ...over].filter((event) => !precise(event));
  for (const { data, effective } of fuzzy) {
    if (effective.latest - effective.earliest < 2) continue;
    expect([idOf(data), existence(idOf(data), effective.earliest + 1)]).toEqual([
      idOf(data),
      expect.stringMatching(/possible|expected/),
    ]);
  }
}, 120_000);
