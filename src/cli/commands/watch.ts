import type { LandscapeChange } from '../../machine/live-changes.ts';
import type { Command, Context } from '../command.ts';
import { numbered } from '../format/parts.ts';
import { interruptible } from '../interrupt.ts';
import { NO_COLOR, STORE, STRICT } from '../options.ts';
import { storeUrl, withStore } from '../stores.ts';

const MOST = 20;

export const command: Command = {
  name: 'watch',
  summary: 'Follows a store live: each new event as it is appended, and what it changed in the landscape.',
  arguments: [],
  options: [
    { ...STORE, summary: 'the store to follow: sqlite:my-events.sqlite, esdb://… (or set STOOD_STORE)' },
    { flags: '--all', summary: 'begin with the first event instead of the next' },
    { flags: '--limit <count>', summary: 'end after so many events', least: 1 },
    {
      flags: '--format <format>',
      summary: 'table for people (default), or json: one line an event',
      choices: ['table', 'json'],
    },
    STRICT,
    NO_COLOR,
  ],
  examples: [
    { line: 'stood watch --store sqlite:my-events.sqlite', means: 'what others append, as they do; Ctrl-C ends it' },
    {
      line: 'stood watch --store sqlite:my-events.sqlite --all --limit 3 --format json',
      means: 'the first three events',
    },
  ],
  details: [
    'A late event, a correction or a withdrawal changes answers about the past: the day it changed is named with each change.',
  ],
  async run(ctx) {
    const url = storeUrl(ctx);
    const { followRecord } = await import('../../machine/live.ts');
    const { all = false, limit = Number.POSITIVE_INFINITY, strict } = ctx.options;
    const follow = (signal: AbortSignal): Promise<void> =>
      withStore(url, { readOnly: true }, async (store) => {
        const enough = new AbortController();
        let told = 0;
        const live = followRecord(store, {
          strict,
          signal: AbortSignal.any([signal, enough.signal]),
          fromBeginning: all,
          onCaughtUp: () =>
            ctx.note(`caught up with ${store.url}: ${live.status().events} events; following, Ctrl-C ends it`),
          onEvent: ({ event, changes }) => {
            if (told >= limit) return;
            told++;
            if (ctx.format === 'json') ctx.out(`${JSON.stringify({ event, changes })}\n`);
            else tellEvent(ctx, `${event.dateText}  ${event.sentence}  [${event.id}]`, changes);
            if (told >= limit) enough.abort();
          },
        });
        await live.ended;
        const { events, problems } = live.status();
        for (const { message } of problems) ctx.note(message);
        if (signal.aborted) ctx.note(`no longer following ${store.url}: ${numbered(events, 'event')} of it were read`);
      });
    await interruptible(ctx, follow, () => 'nothing was read');
    return 0;
  },
};

function tellEvent(ctx: Context, line: string, changes: readonly LandscapeChange[]): void {
  ctx.out(`${ctx.paint.strong(line)}\n`);
  for (const { day, body, name, change, fields } of changes.slice(0, MOST)) {
    const what =
      change === 'changed'
        ? fields.map((field) => `${field.what}: ${field.before || 'none'} → ${field.after || 'none'}`).join('; ')
        : change;
    ctx.out(`    on ${day}  ${name} (${body})  ${what}\n`);
  }
  if (changes.length > MOST) ctx.out(`    … and ${changes.length - MOST} other changes\n`);
}
