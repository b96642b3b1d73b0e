import { countPage } from '../../views/pages/count.tsx';
import { englandPage, lineagePage } from '../../views/pages/lineage.tsx';
import { englandPicture, englandTable } from '../../views/pictures/index.ts';
import { capital, kindInWords } from '../../views/words.ts';
import type { Page } from '../page.ts';
import { leadingOn } from './drawn.ts';
import { dayOf, frameOf } from './frame.ts';

/** The line of succession of a body, or of England when none is named. */
export const lineage: Page = async (machine, ask) => {
  const { id } = ask.params;
  if (id === undefined) {
    const generations = machine.generations(ask.lens);
    return englandPage(frameOf(machine, ask, { title: 'The line of succession of England', asked: generations }), {
      generations,
      picture: {
        svg: englandPicture(generations, { prefix: 'england', href: leadingOn(ask) }),
        table: englandTable(generations),
        scrolls: true,
      },
    });
  }
  const answer = machine.lineage(id, ask.lens);
  return lineagePage(frameOf(machine, ask, { title: `The line of succession of ${answer.of.name}`, asked: answer }), {
    lineage: answer,
  });
};

/** How many of a kind, on a day and over time. */
export const count: Page = async (machine, ask) => {
  const { lens, query, selection } = ask;
  const of = ask.params.kind ?? '';
  const at = dayOf(machine, ask, query.at);
  const now = machine.count(of, { ...lens, at: at ?? 'today', partOf: selection.partOf });
  const series = machine.counts(of, {
    ...lens,
    every: 'change',
    partOf: selection.partOf,
    from: query.from,
    to: query.to,
  });
  return countPage(
    frameOf(machine, ask, { title: `How many ${capital(kindInWords(now.of))}`, day: now.at, asked: now }),
    { series, now },
  );
};
