import { describe, expect, it } from 'vitest';
import { openRecord } from '../../src/machine/index.ts';
import { followRecord, type Live, type LiveEvent } from '../../src/machine/live.ts';
import type { Machine } from '../../src/machine/machine.ts';
import { openStore } from '../../src/store/index.ts';
import type { EventStore } from '../../src/store/port.ts';
import { established, milestone, pushFolder, shelve, withFolder } from './worlds.ts';

const today = () => 20_778;
const FIRST = milestone(
  'founding',
  '2026-11-01',
  established('founding/a', 'ccg/a', 'A', '2013-04-01'),
  established('founding/b', 'ccg/b', 'B', '2013-04-01'),
);

async function until(so: () => boolean): Promise<void> {
  for (const latest = Date.now() + 10_000; !so(); await new Promise((done) => setTimeout(done, 5)))
    if (Date.now() > latest) throw new Error('waited in vain');
}

/** Everything a machine says of our small world, as text. */
function everything(machine: Machine): string {
  const days = ['2013-03-31', '2013-04-01', '2015-06-01', '2020-01-01', '2026-11-21'];
  return JSON.stringify([
    machine.edition,
    days.flatMap((day) => [
      machine.at(day),
      machine.at(day, { dates: 'operational' }),
      machine.at(day, { recordedBy: '2026-11-01' }),
      machine.at(day, { recordedBy: '2026-11-10' }),
    ]),
    machine.timeline(),
    machine.milestones(),
    machine.sources(),
    machine.between('2013-03-31', '2026-11-21'),
  ]);
}

async function live(
  work: (world: {
    readonly folder: string;
    readonly store: EventStore;
    readonly live: Live;
    readonly heard: LiveEvent[];
    readonly agrees: () => Promise<void>;
  }) => Promise<void>,
): Promise<void> {
  await withFolder(async (folder) => {
    const store = await openStore(`sqlite:${folder}/live.sqlite`);
    await pushFolder(await shelve(folder, { '2013-04-01-founding.yaml': FIRST }), store);
    const heard: LiveEvent[] = [];
    const following = followRecord(store, { today, onEvent: (event) => heard.push(event) });
    try {
      await following.ready;
      const agrees = async () =>
        expect(everything(following.machine())).toBe(everything(await openRecord({ store, today })));
      await work({ folder, store, live: following, heard, agrees });
    } finally {
      await following.close();
      await store.close();
    }
  });
}

describe('a live record', () => {
  it('catches up, says so, and answers as the store read afresh does', () =>
    live(async ({ live: following, agrees }) => {
      expect(following.status()).toMatchObject({ events: 2, caughtUp: true, behindMilliseconds: 0, problems: [] });
      await agrees();
    }));

  it('changes an answer about the past when a late event comes in, without a restart', () =>
    live(async ({ folder, store, live: following, heard, agrees }) => {
      expect(following.machine().at('2015-06-01').bodies).toHaveLength(2);
      const late = milestone('late', '2026-11-05', established('late/c', 'ccg/c', 'C', '2014-01-01'));
      await pushFolder(await shelve(folder, { '2014-01-01-late.yaml': late }), store);
      await until(() => heard.length === 1);
      expect(
        following
          .machine()
          .at('2015-06-01')
          .bodies.map(({ id }) => id),
      ).toEqual(['ccg/a', 'ccg/b', 'ccg/c']);
      expect(heard[0]).toMatchObject({
        event: { id: 'late/c' },
        changes: [{ day: '2014-01-01', body: 'ccg/c', change: 'appeared' }],
      });
      await agrees();
    }));

  it.each(['2026-11-10', '2026-11-01'])(
    'follows a correction recorded on %s, and keeps what was believed before it',
    (recorded) =>
      live(async ({ folder, store, live: following, heard, agrees }) => {
        const wrong = milestone(
          'correction',
          recorded,
          'id: correction/a, type: EventCorrected, effective: 2026-11-01, data: { event: founding/a, reason: Read again., replacement: { effective: 2015-01-01, data: { name: A Renamed } } }',
        );
        await pushFolder(await shelve(folder, { '2026-11-01-correction.yaml': wrong }), store);
        await until(() => heard.length === 1);
        expect(
          following
            .machine()
            .at('2013-04-01')
            .bodies.map(({ id }) => id),
        ).toEqual(['ccg/b']);
        expect(
          following
            .machine()
            .at('2020-01-01')
            .bodies.map(({ name }) => name),
        ).toEqual(['A Renamed', 'B']);
        if (recorded > '2026-11-01')
          expect(following.machine().at('2013-04-01', { recordedBy: '2026-11-01' }).bodies).toHaveLength(2);
        expect(heard[0]?.changes).toEqual(
          expect.arrayContaining([expect.objectContaining({ day: '2013-04-01', body: 'ccg/a', change: 'gone' })]),
        );
        await agrees();
      }),
  );

  it('takes a withdrawn event out of the past, and puts it back when the withdrawal is withdrawn', () =>
    live(async ({ folder, store, live: following, heard, agrees }) => {
      const gone = milestone(
        'second-thoughts',
        '2026-11-10',
        'id: second-thoughts/b, type: EventWithdrawn, effective: 2026-11-10, data: { event: founding/b, reason: It never was. }',
      );
      await pushFolder(await shelve(folder, { '2026-11-10-second-thoughts.yaml': gone }), store);
      await until(() => heard.length === 1);
      expect(
        following
          .machine()
          .at('2013-04-01')
          .bodies.map(({ id }) => id),
      ).toEqual(['ccg/a']);
      await agrees();
      const back = milestone(
        'third-thoughts',
        '2026-11-12',
        'id: third-thoughts/b, type: EventWithdrawn, effective: 2026-11-12, data: { event: second-thoughts/b, reason: It was. }',
      );
      await pushFolder(await shelve(folder, { '2026-11-12-third-thoughts.yaml': back }), store);
      await until(() => heard.length === 2);
      expect(
        following
          .machine()
          .at('2013-04-01')
          .bodies.map(({ id }) => id),
      ).toEqual(['ccg/a', 'ccg/b']);
      await agrees();
    }));

  it('hears what another process appends, and several readers agree', () =>
    live(async ({ folder, store, live: first }) => {
      const other = await openStore(`sqlite:${folder}/live.sqlite`);
      const second = followRecord(other, { today });
      await second.ready;
      const writer = await openStore(`sqlite:${folder}/live.sqlite`);
      await pushFolder(
        await shelve(folder, {
          '2014-01-01-late.yaml': milestone('late', '2026-11-05', established('late/c', 'ccg/c', 'C', '2014-01-01')),
        }),
        writer,
      );
      await until(() => first.status().events === 3 && second.status().events === 3);
      expect(everything(second.machine())).toBe(everything(first.machine()));
      await second.close();
      for (const one of [other, writer]) await one.close();
      expect(store.capabilities.shared).toBe(true);
    }));

  it('passes over what is not the record’s and counts it; strictly read, it refuses unknown types', () =>
    live(async ({ store, live: following }) => {
      await store.append('orders-1', [
        { id: '00000000-0000-4000-8000-000000000001', type: 'OrderPlaced', data: { amount: 3 }, metadata: {} },
      ]);
      await store.append('milestone-founding', [
        { id: '00000000-0000-4000-8000-000000000002', type: 'TeaWasMade', data: {}, metadata: {} },
      ]);
      await until(() => following.status().skipped.unknown.size === 1);
      expect(following.status()).toMatchObject({ events: 2, skipped: { foreign: 1 } });
      const strict = followRecord(store, { strict: true });
      await expect(strict.ready).rejects.toMatchObject({ name: 'UnknownEvents' });
      await strict.close();
    }));

  it('ends quietly when the store is closed', () =>
    live(async ({ store, live: following }) => {
      await store.close();
      await following.ended;
    }));
});
