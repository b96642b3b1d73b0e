import type { Command } from './command.ts';

/** A command as the list knows it: its module is loaded only when it is asked for. */
export interface ListedCommand {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** Every command. Adding one is a file in `commands/` and a line here. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'on',
    summary: 'What existed on a day: bodies, names, codes, relations, by which event, says who',
    load: () => import('./commands/on.ts'),
  },
  {
    name: 'diff',
    summary: 'What changed between two days, with cause and source',
    load: () => import('./commands/diff.ts'),
  },
  { name: 'history', summary: 'Everything the record holds of one thing', load: () => import('./commands/history.ts') },
  {
    name: 'lineage',
    summary: 'Who came before a body and who after, however far',
    load: () => import('./commands/lineage.ts'),
  },
  {
    name: 'correspondence',
    summary: 'What became of each body between two days: same, merged, divided, ended…',
    load: () => import('./commands/correspondence.ts'),
  },
  {
    name: 'table',
    summary: 'The correspondence of two days as a file to join with: CSV, JSON or XKOS',
    load: () => import('./commands/table.ts'),
  },
  {
    name: 'vintage',
    summary: 'What days the codes or names in a file are from, and the odd ones out',
    load: () => import('./commands/vintage.ts'),
  },
  {
    name: 'rekey',
    summary: 'Brings your own CSV file from the bodies of one day to those of another',
    load: () => import('./commands/rekey.ts'),
  },
  { name: 'timeline', summary: 'Events in order of time', load: () => import('./commands/timeline.ts') },
  {
    name: 'replay',
    summary: 'A reform step by step: before, each step, after',
    load: () => import('./commands/replay.ts'),
  },
  {
    name: 'count',
    summary: 'How many of a kind, or holders of a status, on a day or over time',
    load: () => import('./commands/count.ts'),
  },
  {
    name: 'why',
    summary: 'Why a body was so, or why there were so many of a kind',
    load: () => import('./commands/why.ts'),
  },
  {
    name: 'without',
    summary: 'What would not have followed without an event (hypothetical)',
    load: () => import('./commands/without.ts'),
  },
  {
    name: 'find',
    summary: 'Things by code, present or former name, acronym or id, dead or alive',
    load: () => import('./commands/find.ts'),
  },
  {
    name: 'sources',
    summary: 'The sources of the record, and where they conflict',
    load: () => import('./commands/sources.ts'),
  },
  {
    name: 'export',
    summary: 'Takes a landscape or a timeline away as CSV, RDF, GEXF, iCalendar…, with what each cannot hold',
    load: () => import('./commands/export.ts'),
  },
  { name: 'kinds', summary: 'The kinds of body the record holds', load: () => import('./commands/kinds.ts') },
  {
    name: 'serve',
    summary: 'Opens the record to browsers and programs, over HTTP',
    load: () => import('./commands/serve.ts'),
  },
  {
    name: 'site',
    summary: 'Writes the pages and data as files, for any web host',
    load: () => import('./commands/site.ts'),
  },
  {
    name: 'store',
    summary: 'Pushes the record into an event store, verifies a store, copies one to another',
    load: () => import('./commands/store.ts'),
  },
  {
    name: 'append',
    summary: 'Appends a milestone of your own to a store, whole or not at all',
    load: () => import('./commands/append.ts'),
  },
  {
    name: 'watch',
    summary: 'Follows a store live: each new event and what it changed',
    load: () => import('./commands/watch.ts'),
  },
  { name: 'check', summary: 'Checks a record against its rules', load: () => import('./commands/check.ts') },
  {
    name: 'import',
    summary: 'Turns an official file (ODS, ONS) into a milestone file for review',
    load: () => import('./commands/import.ts'),
  },
  {
    name: 'lock',
    summary: 'Takes new events into the lock, so that nobody can change them unseen',
    load: () => import('./commands/lock.ts'),
  },
];
