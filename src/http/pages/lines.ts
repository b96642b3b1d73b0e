import { dateInWords } from '../../views/dates.ts';
import { countPage } from '../../views/pages/count.tsx';
import { englandPage, lineagePage } from '../../views/pages/lineage.tsx';
import {
  countsPicture,
  countsTable,
  englandPicture,
  englandSentences,
  englandTable,
  lineageModel,
  lineagePicture,
  lineageTable,
} from '../../views/pictures/index.ts';
import { capital, kindInWords } from '../../views/words.ts';
import type { Page } from '../page.ts';
import { leadingOn } from './drawn.ts';
import { dayOf, frameOf } from './frame.ts';

/** Successions that a list in place of the picture has; the table has more. */
const LINES = 60;

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
        items: englandSentences(generations).map(({ at, said }) => ({
          text: dateInWords(at),
          href: ask.links.to(`/at/${at}`),
          detail: said,
        })),
      },
    });
  }
  const answer = machine.lineage(id, ask.lens);
  const model = lineageModel(answer);
  return lineagePage(frameOf(machine, ask, { title: `The line of succession of ${answer.of.name}`, asked: answer }), {
    lineage: answer,
    ...(answer.links.length === 0
      ? {}
      : {
          picture: {
            svg: lineagePicture(model, { prefix: 'line', href: leadingOn(ask) }),
            table: lineageTable(model),
            scrolls: true,
            items: answer.links.slice(0, LINES).map(({ date, fromName, how, toName, via }) => ({
              text: capital(dateInWords(date)),
              href: ask.links.to(`/event/${via.event}`),
              detail: `${fromName} to ${toName}, ${how}`,
            })),
            below: 'links',
          },
        }),
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
    {
      series,
      now,
      picture: {
        svg: countsPicture([series], { prefix: 'counts', cursor: now.at }),
        table: countsTable([series]),
        scrolls: true,
        below: 'series',
      },
    },
  );
};
