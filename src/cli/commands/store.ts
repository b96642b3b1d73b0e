import { AskedWrongly } from '../../machine/errors.ts';
import type { Divergence, PushProgress } from '../../machine/push.ts';
import type { LoadedRecord } from '../../record/types.ts';
import type { Command, Context } from '../command.ts';
import { numbered } from '../format/parts.ts';
import { interruptible } from '../interrupt.ts';
import { NO_COLOR, RECORD, STORE, STRICT } from '../options.ts';
import { progressBar, storeUrl, withStore } from '../stores.ts';

const MOST = 50;

export const command: Command = {
  name: 'store',
  summary: 'Brings an event store up to the record, compares the two, or copies one store into another.',
  arguments: [{ usage: '<action>', summary: 'push, verify or copy' }],
  options: [
    { ...STORE, summary: 'the store to push to or to verify: sqlite:my-events.sqlite, esdb://… (or set STOOD_STORE)' },
    RECORD,
    { flags: '--from <url>', summary: 'the store to copy' },
    { flags: '--to <url>', summary: 'the store to copy it into' },
    { flags: '--format <format>', summary: 'table for people (default) or json', choices: ['table', 'json'] },
    STRICT,
    NO_COLOR,
  ],
  examples: [
    { line: 'stood store push --store sqlite:my-events.sqlite', means: 'the shipped record, into one file' },
    { line: 'stood store verify --store sqlite:my-events.sqlite', means: 'is it all there, unchanged, in order?' },
    {
      line: 'stood store copy --from sqlite:my-events.sqlite --to esdb://localhost:2113?tls=false',
      means: 'on to a server',
    },
  ],
  details: [
    'push appends what the store lacks, a milestone at a time, each whole or not at all. A second push appends nothing; one that was interrupted, by Ctrl-C or otherwise, ends the same when it is repeated.',
    'verify tells what is missing, extra or changed, what stands in another order, and which hashes do not hold; the exit code is 1 when there is anything.',
  ],
  async run(ctx) {
    const [action] = ctx.args;
    if (action === 'push') return push(ctx);
    if (action === 'verify') return verify(ctx);
    if (action === 'copy') return copy(ctx);
    throw new AskedWrongly(
      action === undefined ? 'say what to do with the store' : `a store cannot be asked to “${action}”`,
      'push, verify or copy; see: stood help store',
    );
  },
};

/** What stands in a store when work on it was stopped. */
function leftBehind({ done, total }: PushProgress, what: string): string {
  if (done === 0) return `nothing was ${what}`;
  return `${done} of ${numbered(total, 'event')} are ${what}, each stream of them whole; the same command does the rest`;
}

async function recordOfFolder(ctx: Context): Promise<LoadedRecord> {
  const [{ loadRecord }, { SHIPPED_RECORD }, { refuseErrors }] = await Promise.all([
    import('../../record/load.ts'),
    import('../../machine/cache.ts'),
    import('../../machine/front.ts'),
  ]);
  const folder = ctx.options.record ?? SHIPPED_RECORD;
  const record = await loadRecord(folder);
  refuseErrors(record, folder);
  return record;
}

async function push(ctx: Context): Promise<number> {
  const url = storeUrl(ctx);
  const [record, { pushRecord }] = await Promise.all([recordOfFolder(ctx), import('../../machine/push.ts')]);
  const bar = progressBar(ctx, 'pushing');
  let come = { done: 0, total: 0 };
  const pushed = await interruptible(
    ctx,
    (signal) =>
      withStore(url, {}, (store) =>
        pushRecord(record, store, {
          signal,
          onProgress: (progress) => {
            come = progress;
            bar.show(progress.done, progress.total);
          },
        }),
      ).finally(bar.clear),
    () => leftBehind(come, 'pushed'),
  );
  if (!pushed.ok) {
    tellDivergences(ctx, pushed.conflicts);
    ctx.note('Nothing was pushed.');
    return 1;
  }
  const { appended, streams } = pushed;
  if (ctx.format === 'json') ctx.out(`${JSON.stringify({ appended, streams, edition: record.edition })}\n`);
  else
    ctx.out(
      appended === 0
        ? 'Nothing to push: the store has it all.\n'
        : `Pushed ${numbered(appended, 'event')} to ${numbered(streams, 'stream')}.\n`,
    );
  return 0;
}

async function verify(ctx: Context): Promise<number> {
  const url = storeUrl(ctx);
  const [record, { compareWith }, { readShelf, recordOf, skippedInWords }] = await Promise.all([
    recordOfFolder(ctx),
    import('../../machine/push.ts'),
    import('../../machine/stored-record.ts'),
  ]);
  const [differences, shelf] = await interruptible(
    ctx,
    (signal) =>
      withStore(url, { readOnly: true }, async (store) => {
        await store.checkIntegrity?.();
        const held = await readShelf(store, { signal, strict: ctx.options.strict });
        return [compareWith(record, held, recordOf(held, url)), held] as const;
      }),
    () => 'nothing was compared',
  );
  const skipped = skippedInWords(shelf.skipped);
  if (skipped) ctx.note(skipped);
  if (differences.length > 0) {
    tellDivergences(ctx, differences);
    return 1;
  }
  if (ctx.format === 'json') ctx.out(`${JSON.stringify({ differences, edition: record.edition })}\n`);
  else
    ctx.out(
      `The store holds the record, event for event: ${numbered(record.milestones.length, 'milestone')}, edition ${record.edition.slice(0, 12)}.\n`,
    );
  return 0;
}

function tellDivergences(ctx: Context, differences: readonly Divergence[]): void {
  if (ctx.format === 'json') {
    ctx.out(`${JSON.stringify({ differences }, undefined, 2)}\n`);
    return;
  }
  for (const { what, stream, message } of differences.slice(0, MOST))
    ctx.out(`${what.padEnd(7)}  ${stream}  ${message}\n`);
  if (differences.length > MOST) ctx.out(`… and ${differences.length - MOST} more; --format json tells all\n`);
}

async function copy(ctx: Context): Promise<number> {
  const { from, to } = ctx.options;
  if (!from || !to)
    throw new AskedWrongly(
      'say which store to copy and where to',
      'stood store copy --from sqlite:one.sqlite --to sqlite:other.sqlite',
    );
  const { copyStore } = await import('../../machine/copy.ts');
  const bar = progressBar(ctx, 'copying');
  let come = { done: 0, total: 0 };
  const { copied, passedOver } = await interruptible(
    ctx,
    (signal) =>
      withStore(from, { readOnly: true }, (source) =>
        withStore(to, {}, (target) =>
          copyStore(source, target, {
            signal,
            onProgress: (progress) => {
              come = progress;
              bar.show(progress.done, progress.total);
            },
          }),
        ),
      ).finally(bar.clear),
    () => leftBehind(come, 'copied'),
  );
  if (passedOver > 0) ctx.note(`passed over: ${numbered(passedOver, 'event')} of streams that are not the record’s`);
  if (ctx.format === 'json') ctx.out(`${JSON.stringify({ copied, passedOver })}\n`);
  else
    ctx.out(copied === 0 ? 'Nothing to copy: the other store has it all.\n' : `Copied ${numbered(copied, 'event')}.\n`);
  return 0;
}
