import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { AskedWrongly } from '../../machine/errors.ts';
import type { Command, Context } from '../command.ts';
import { numbered } from '../format/parts.ts';
import { NO_COLOR, RECORD } from '../options.ts';

export const command: Command = {
  name: 'import',
  summary:
    'Turns a file of an official format (ODS, ONS) into a milestone file for review, and tells what of it already stands in the record, what contradicts it and what was not understood.',
  arguments: [
    { usage: '<format>', summary: 'ods-csv, ods-succession or ons-lookup' },
    { usage: '<file>', summary: 'the file, as downloaded' },
  ],
  options: [
    {
      flags: '-o, --output <file>',
      summary: 'the milestone file to write, whole or not at all (default: standard output)',
    },
    { flags: '--milestone <slug>', summary: 'its slug (default: from the name of the file)' },
    { flags: '--recorded <date>', summary: 'the day on which the record takes it in (default: today)' },
    { flags: '--source <id>', summary: 'the source its events cite, an id of sources.yaml (default: the slug)' },
    {
      flags: '--kind <kind>',
      summary: 'kind of the bodies listed, where neither their names nor the record tell; see “stood kinds”',
      repeat: true,
    },
    { flags: '--as-at <date>', summary: 'the day that a lookup speaks of (default: the year in its header)' },
    { flags: '--all', summary: 'list also the rows that already stand in the record' },
    {
      flags: '--format <format>',
      summary: 'table for people (default), or json: the report as data, on standard output',
      choices: ['table', 'json'],
    },
    RECORD,
    NO_COLOR,
  ],
  examples: [
    {
      line: 'stood import ods-csv eccg.csv -o events/2027-04-01-eccg-2027.yaml',
      means: 'new organisations of the register, for review',
    },
    { line: 'stood import ods-succession succ.csv --format json', means: 'only the report: nothing is written' },
    { line: 'stood import ons-lookup lookup.csv --as-at 2020-04-01', means: 'which body lay in which, on that day' },
  ],
  details: [
    'Nothing enters the record by itself: read the draft, give its events better dates and words, add its source to sources.yaml, and run stood check. Every row of the file ends in an event or a line of the report (on standard error), with its line number.',
    'The exit code is 1 when a row could not be read or contradicts the record. With --format json and no --output nothing but the report is made.',
  ],
  tooMany: 'one file at a time: stood import ods-csv eccg.csv',
  async run(ctx) {
    const { FORMATS } = await import('../../import/index.ts');
    const [name = '', file = ''] = ctx.args;
    const format = FORMATS.find((each) => each.name === name);
    if (format === undefined) {
      const { didYouMean } = await import('../../record/near.ts');
      const names = FORMATS.map((each) => each.name);
      throw new AskedWrongly(
        name === '' ? 'no format was named' : `there is no format “${name}”`,
        [didYouMean(name, names), `formats: ${names.join(', ')}`].filter(Boolean).join('; '),
      );
    }
    if (file === '') throw new AskedWrongly('no file was named', `for instance: stood import ${name} eccg.csv`);
    const size = await sizeOf(file);
    const [{ loadRecord }, { knownRecord }, { runImport }] = await Promise.all([
      import('../../record/load.ts'),
      import('../../import/known.ts'),
      import('../../import/run.ts'),
    ]);
    const folder = ctx.options.record ?? (await import('../../machine/cache.ts')).SHIPPED_RECORD;
    const job = await readOptions(ctx, name, file);
    const known = knownRecord(await loadRecord(folder));
    const report = reporter(ctx, size);
    const summary = await runImport({
      format,
      file,
      setting: { known, kind: job.kind, asAt: job.asAt },
      head: job.head,
      output: ctx.options.output,
      onFinding: report.finding,
      onText: (text) => {
        if (ctx.format !== 'json') ctx.out(text);
      },
      onBytes: report.bytes,
    });
    report.end({
      file,
      format: name,
      ...summary,
      written: summary.written && (ctx.options.output !== undefined || ctx.format !== 'json'),
      output: ctx.options.output ?? null,
    });
    return summary.findings['bad row'] + summary.findings.contradicts > 0 ? 1 : 0;
  },
};

async function sizeOf(file: string): Promise<number> {
  try {
    const about = await stat(file);
    if (about.isFile()) return about.size;
  } catch {
    throw new AskedWrongly(`${file} cannot be read`, 'name a CSV file, for instance: stood import ods-csv eccg.csv');
  }
  throw new AskedWrongly(`${file} is not a file`, 'name a CSV file');
}

async function readOptions(ctx: Context, format: string, file: string) {
  const { options } = ctx;
  const [{ slugOf }, { parseIsoDay, isoDay }, { parseEdtf }, { todayInEngland }, { kindNamed }] = await Promise.all([
    import('../../import/names.ts'),
    import('../../time/day.ts'),
    import('../../time/edtf.ts'),
    import('../../machine/today.ts'),
    import('../../vocabulary/kinds.ts'),
  ]);
  const stem = slugOf(basename(file).replace(/\.[^.]*$/, '')) || format;
  const slug = options.milestone ?? stem;
  if (!/^[a-z0-9][a-z0-9-]{0,99}$/.test(slug))
    throw new AskedWrongly(`“${slug}” cannot be a slug`, 'a slug is lower-case words joined by hyphens');
  const source = options.source ?? slug;
  if (!/^[a-z0-9][a-z0-9.-]{0,99}$/.test(source))
    throw new AskedWrongly(`“${source}” cannot be the id of a source`, 'an id is lower-case words joined by hyphens');
  const recorded = options.recorded ?? isoDay(todayInEngland(ctx.io.now?.().getTime()));
  if (parseIsoDay(recorded) === undefined)
    throw new AskedWrongly(`“${recorded}” is not a day`, 'write it so: --recorded 2026-11-21');
  if (options.asAt !== undefined && !parseEdtf(options.asAt).ok)
    throw new AskedWrongly(`“${options.asAt}” is not a date`, 'write it so: --as-at 2020-04-01');
  const [kind, ...more] = options.kind ?? [];
  if (more.length > 0)
    throw new AskedWrongly('more than one --kind was given', 'a file is read as one kind; import it twice');
  if (kind !== undefined && kindNamed(kind) === undefined)
    throw new AskedWrongly(`there is no kind “${kind}”`, 'see: stood kinds');
  if (options.output !== undefined && (await exists(options.output))) {
    throw new AskedWrongly(
      `${options.output} exists already`,
      'a milestone that somebody may have reviewed is not overwritten: name another file',
    );
  }
  return { kind, asAt: options.asAt, head: { slug, title: `Imported: ${basename(file)}`, recorded, source } };
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

const LABELS = {
  'bad row': 'bad row',
  'not understood': 'not understood',
  contradicts: 'contradicts the record',
  stands: 'already stands',
  note: 'note',
} as const;

type Finding = { readonly kind: keyof typeof LABELS; readonly line?: number; readonly message: string };

interface Summary {
  readonly file: string;
  readonly format: string;
  readonly rows: number;
  readonly events: number;
  readonly written: boolean;
  readonly output: string | null;
  readonly findings: Readonly<Record<Finding['kind'], number>>;
}

/** Tells findings as they come, so that none has to be kept. */
function reporter(ctx: Context, size: number) {
  const json = ctx.format === 'json';
  let first = true;
  let shown = 0;
  const clear = (): void => {
    if (shown > 0) ctx.io.stderr.write(`\r${' '.repeat(40)}\r`);
    shown = 0;
  };
  if (json) ctx.out('{\n  "findings": [');
  return {
    finding: (finding: Finding): void => {
      if (json) {
        ctx.out(`${first ? '' : ','}\n    ${JSON.stringify(finding)}`);
        first = false;
        return;
      }
      if (finding.kind === 'stands' && ctx.options.all !== true) return;
      clear();
      ctx.note(
        `${finding.line === undefined ? '' : `line ${finding.line}  `}${LABELS[finding.kind]}: ${finding.message}`,
      );
    },
    bytes: (read: number): void => {
      if (!ctx.io.isTTY || json || size < 1024 * 1024 || (shown > 0 && read - shown < size / 100)) return;
      shown = read;
      ctx.io.stderr.write(`\r${Math.floor((read / size) * 100)} % of ${Math.round(size / 1024 / 1024)} MB`);
    },
    end: (summary: Summary): void => {
      if (json) {
        ctx.out(`${first ? '' : '\n  '}],\n  "summary": ${JSON.stringify(summary)}\n}\n`);
        return;
      }
      clear();
      const { findings } = summary;
      const counts = (['bad row', 'not understood', 'contradicts', 'stands'] as const).map(
        (kind) => `${findings[kind]} ${LABELS[kind]}`,
      );
      ctx.note(`${numbered(summary.rows, 'row')}: ${numbered(summary.events, 'event')} drafted; ${counts.join(', ')}.`);
      if (summary.written && summary.output !== null) ctx.note(`Written to ${summary.output}, for review.`);
    },
  };
}
