import { FORMATS, type OptionSpec } from './command.ts';

/** The day on the first clock, for commands that do not take it as an argument. */
export const AT: OptionSpec = { flags: '--on, --at <date>', summary: 'the day asked about (default: today)' };

/** The two clocks of knowledge, and whose dates to follow. */
export const LENS: readonly OptionSpec[] = [
  { flags: '--published-by <date>', summary: 'use only what had been made public by this day: as people then saw it' },
  { flags: '--recorded-by <date>', summary: 'use only what this record held by this day: repeats an old answer' },
  {
    flags: '--dates <account>',
    summary: 'where law and register differ, follow this one (default: legal)',
    choices: ['legal', 'operational'],
  },
];

/** A counterfactual, for the questions that take one. */
export const WITHOUT: OptionSpec = {
  flags: '--without <event>',
  summary:
    'suppose away this event and all that names it as its cause: the answer is hypothetical, and says so on every line',
};

const KIND: OptionSpec = {
  flags: '--kind <kind>',
  summary: 'only this kind of body (may be repeated): name, plural or acronym; see “stood kinds”',
  repeat: true,
};
export const PART_OF: OptionSpec = {
  flags: '--part-of <id>',
  summary: 'only bodies that are part of this one, however far down: region/london',
};
export const SELECTION: readonly OptionSpec[] = [KIND, PART_OF];

export const FORMAT: OptionSpec = {
  flags: '--format <format>',
  summary: 'table for people (default), json, csv, or markdown with footnotes',
  choices: FORMATS,
};
export const RECORD: OptionSpec = { flags: '--record <folder>', summary: 'read another record than the one shipped' };
export const STORE: OptionSpec = {
  flags: '--store <url>',
  summary: 'read the record from an event store: sqlite:my-events.sqlite, esdb://… (or set STOOD_STORE)',
};
export const STRICT: OptionSpec = {
  flags: '--strict',
  summary: 'refuse a store that holds event types unknown to this program, instead of passing them over',
};
export const NO_COLOR: OptionSpec = {
  flags: '--no-color',
  summary: 'no emphasis, even on a terminal (so does NO_COLOR)',
};
export const WIDTH: OptionSpec = {
  flags: '--width <columns>',
  summary: 'wrap at this width (default: the terminal’s, else 80)',
  least: 20,
};

/** Options of every command that answers from the record. */
export const COMMON: readonly OptionSpec[] = [FORMAT, RECORD, STORE, STRICT, WIDTH, NO_COLOR];
