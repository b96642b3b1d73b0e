import { createTimeline, type Entry, type Moment } from '../../../src/timeline/index.ts';
import { bodyId, generate, kindId, type Size } from '../generator.ts';
import type { Engine } from './engine.ts';

const code = (id: unknown): number => (typeof id === 'string' ? Number(id.slice(id.indexOf('/') + 1)) : -1);

function* entriesOf(size: Size): Iterable<Entry> {
  for (const { entries } of generate(size)) yield* entries;
}

/** The engine of this project. */
export const ours: Engine = {
  name: 'as it stood',
  async load(size) {
    const timeline = createTimeline(entriesOf(size));
    return {
      landscape: (moment) =>
        timeline
          .crosstab(['kind', 'region'], moment)
          .map(({ values, certain }) => [code(values[0]), code(values[1]), certain]),
      children: ({ parent, at }) =>
        timeline
          .bearers('parent', bodyId(parent), { at })
          .filter(({ subject }) => timeline.existence(subject, { at }) === 'certain')
          .map(({ subject }) => code(subject))
          .sort((a, b) => a - b),
      body: ({ body, at, recordedBy }) => {
        const subject = bodyId(body);
        const moment: Moment = { at, recordedBy };
        if (timeline.existence(subject, moment) === 'no') return undefined;
        const [kind, region, parent, name] = ['kind', 'region', 'parent', 'name'].map(
          (attribute) => timeline.values(subject, attribute, moment)[0]?.value,
        );
        return [code(kind), code(region), code(parent), String(name ?? '')];
      },
      series: ({ kind, days }) => timeline.series({ kind: kindId(kind) }, days).map(({ certain }) => certain),
      facts: () => timeline.stats(),
      close: () => undefined,
    };
  },
};
