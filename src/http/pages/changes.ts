import { dateInWords } from '../../views/dates.ts';
import { comparePage, correspondencePage } from '../../views/pages/compare.tsx';
import type { Page } from '../page.ts';
import { frameOf } from './frame.ts';

/** What changed between two days. */
export const compare: Page = async (machine, ask) => {
  const { params, lens, selection } = ask;
  const diff = machine.between(params.from ?? '', params.to ?? '', { ...lens, ...selection });
  return comparePage(
    frameOf(machine, ask, {
      title: `What changed between ${dateInWords(diff.from)} and ${dateInWords(diff.to)}`,
      day: diff.to,
      asked: diff,
    }),
    diff,
  );
};

/** What became of each body between two days. */
export const correspondence: Page = async (machine, ask) => {
  const { params, query, lens, selection } = ask;
  const answer = machine.correspondence(params.from ?? '', params.to ?? '', {
    ...lens,
    ...selection,
    unchanged: query.changedOnly === undefined || /^(false|no|0)$/i.test(query.changedOnly),
    toKind: query.toKind,
  });
  return correspondencePage(
    frameOf(machine, ask, {
      title: `What became of each body between ${dateInWords(answer.from)} and ${dateInWords(answer.to)}`,
      day: answer.to,
      asked: answer,
    }),
    answer,
  );
};
