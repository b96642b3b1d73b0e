import { isoDay, parseIsoDay } from '../../time/day.ts';
import { bodyPage } from '../../views/pages/body.tsx';
import { kindInWords } from '../../views/words.ts';
import { kindNamed } from '../../vocabulary/kinds.ts';
import type { Page } from '../page.ts';
import { dayOf, frameOf } from './frame.ts';

/** Everything the record holds of one thing, and how it stood on the day asked, or on its last day. */
export const body: Page = async (machine, ask) => {
  const id = ask.params.id ?? '';
  const history = machine.history(id, ask.lens);
  const isBody = kindNamed(history.kind) !== undefined;
  const at = dayOf(machine, ask, ask.query.at) ?? lastDay(history.existence.at(-1)?.until) ?? machine.count('ICB').at;
  const kinds = [...new Set([history.kind, ...history.kinds.map(({ value }) => value)])];
  const landscape = isBody ? machine.at(at, { ...ask.lens, kind: kinds }) : undefined;
  const then = landscape?.bodies.find((one) => one.id === id);
  const kind = then?.kind ?? history.kind;
  const coverage = landscape?.coverage.filter((one) => one.of === kind) ?? history.coverage;
  return bodyPage(
    frameOf(machine, ask, { title: `${history.name}, ${kindInWords(history.kind, false)}`, day: at, asked: history }),
    { history, at, then, isBody, coverage },
  );
};

function lastDay(until: string | null | undefined): string | undefined {
  const day = parseIsoDay(until ?? '');
  return day === undefined ? undefined : isoDay(day - 1);
}
