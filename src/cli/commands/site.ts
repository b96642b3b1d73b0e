import { AskedWrongly } from '../../machine/errors.ts';
import type { Command } from '../command.ts';
import { numbered } from '../format/parts.ts';
import { interruptible } from '../interrupt.ts';
import { NO_COLOR, RECORD, STORE } from '../options.ts';
import { progressBar } from '../stores.ts';
import { packageVersion } from '../version.ts';

export const command: Command = {
  name: 'site',
  summary:
    'Writes the whole as files: a page for every day on which something changed, every body and every reform, with its data. Links are relative, so any web host will do.',
  arguments: [
    { usage: '<folder>', summary: 'where to write it: a new folder, an empty one, or a site written before' },
  ],
  options: [
    {
      flags: '--formats <list>',
      summary: 'data formats to write beside the pages, with commas (default: all): json,csv',
    },
    RECORD,
    STORE,
    { flags: '--format <format>', summary: 'table for people (default) or json', choices: ['table', 'json'] },
    NO_COLOR,
  ],
  examples: [
    { line: 'stood site public', means: 'everything' },
    { line: 'stood site public --formats json', means: 'pages and JSON: a fifth of the size, in a third of the time' },
  ],
  details: [
    'The folder is written whole or not at all. What stands there is replaced only if it is a site written by this command.',
    'Of the shipped record everything is some 35,000 files and 3 GB, three quarters of it what stood on each day, as Turtle and iCalendar above all; with --formats json it is 24,000 files and 0.6 GB, in a third of the time.',
    'What a query asks (other clocks, a search) needs a server: stood serve. So does what would not have followed without an event, unless others name it as their cause.',
  ],
  tooMany: 'one folder',
  async run(ctx) {
    const [folder] = ctx.args;
    if (folder === undefined) throw new AskedWrongly('no folder is named', 'for instance: stood site public');
    const { record } = ctx.options;
    if (record !== undefined && ctx.options.store !== undefined)
      throw new AskedWrongly('--record and --store name two records', 'give one of them');
    const store = record === undefined ? (ctx.options.store ?? (ctx.io.env.STOOD_STORE || undefined)) : undefined;
    const { writeSite } = await import('../../http/site.ts');
    const bar = progressBar(ctx, 'writing');
    const site = await interruptible(ctx, (signal) =>
      writeSite({
        folder,
        record,
        store,
        formats: ctx.options.formats
          ?.split(',')
          .map((one) => one.trim())
          .filter(Boolean),
        version: packageVersion(),
        signal,
        onProgress: bar.show,
      }),
    ).finally(bar.clear);
    if (ctx.format === 'json') ctx.out(`${JSON.stringify(site, undefined, 2)}\n`);
    else
      ctx.out(
        `Wrote ${numbered(site.files, 'file')}, ${(site.bytes / 1e6).toFixed(1)} MB, to ${folder}. Open ${folder}/index.html, or put the folder on any web host.\n`,
      );
    return 0;
  },
};
