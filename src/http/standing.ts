import type { Landscape, Machine, TimelineAnswer, Without } from '../machine/index.ts';
import type { Ask } from './page.ts';

/** What existed on a day; or, where an event is supposed away, what would have differed. */
export function stoodOn(machine: Machine, ask: Ask, date: string): Landscape | Without {
  if (ask.without !== undefined) return machine.without(ask.without, { ...ask.lens, ...ask.selection, at: date });
  return machine.at(date, { ...ask.lens, ...ask.selection });
}

/** True for a date that means the same whatever day today is. */
export function isDated(date: string | undefined): boolean {
  return date !== undefined && /^\d{4}(-\d\d){0,2}$/.test(date);
}

/** The events of a stretch of time, a milestone, a theme or a thing, as an address asks for them. */
export function eventsAsked(machine: Machine, { lens, selection, query }: Ask): TimelineAnswer {
  const { from, to, milestone, theme, about } = query;
  return machine.timeline({ ...lens, ...selection, from, to, milestone, theme, about });
}
