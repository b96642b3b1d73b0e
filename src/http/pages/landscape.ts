import type { Landscape, Machine } from '../../machine/index.ts';
import { askedInWords } from '../../views/dates.ts';
import { type LandscapeModel, landscapePage } from '../../views/pages/landscape.tsx';
import type { Ask, Page } from '../page.ts';
import { mapOf, stripsOf } from './drawn.ts';
import { frameOf } from './frame.ts';

const DAY = /^\d{4}-\d{2}-\d{2}$/;
/** Kinds whose members a list can be narrowed to the parts of. */
const PLACES = new Set(['nhs-region', 'strategic-health-authority', 'system']);

/** The landscape of a day, a month or a year. */
export const at: Page = async (machine, ask) => pageOf(machine, ask, ask.params.date ?? 'today', false);

/** The landscape of today, with a word of welcome. */
export const home: Page = async (machine, ask) => pageOf(machine, ask, 'today', true);

function pageOf(machine: Machine, ask: Ask, date: string, welcome: boolean): string {
  const { lens, selection } = ask;
  const landscape = machine.at(date, { ...lens, ...selection });
  const day = DAY.test(landscape.at) ? landscape.at : undefined;
  const narrowed = { kind: one(selection.kind), partOf: selection.partOf, name: ask.query.name };
  const map = day === undefined ? undefined : mapOf(machine, ask, day);
  const model: LandscapeModel = {
    landscape,
    ...(day === undefined
      ? {}
      : { day: machine.day(day, lens), standing: machine.standing(day, lens), strips: stripsOf(machine, ask, day) }),
    ...(map === undefined ? {} : { map }),
    narrowed,
    places: placesOf(machine, ask, landscape),
    welcome,
  };
  return landscapePage(
    frameOf(machine, ask, {
      title: `The NHS in England ${day ? 'on' : 'in'} ${askedInWords(landscape.at)}`,
      asked: landscape,
      path: `/at/${landscape.at}`,
      day: day ?? landscape.at,
      walk: day !== undefined,
    }),
    model,
  );
}

function one(kind: Ask['selection']['kind']): string | undefined {
  return typeof kind === 'string' ? kind : kind?.[0];
}

function placesOf(machine: Machine, { lens, selection }: Ask, landscape: Landscape): LandscapeModel['places'] {
  const narrowed = selection.kind !== undefined || selection.partOf !== undefined;
  const bodies = narrowed ? machine.at(landscape.at, { ...lens, kind: [...PLACES] }).bodies : landscape.bodies;
  return bodies.filter(({ kind }) => PLACES.has(kind)).map(({ id, name }) => ({ id, name }));
}
