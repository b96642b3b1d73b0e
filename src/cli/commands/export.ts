import type { Exporter, Output } from '../../exporters/index.ts';
import type { Material } from '../../machine/answers.ts';
import { AskedWrongly } from '../../machine/errors.ts';
import type { Command, Context } from '../command.ts';
import { numbered } from '../format/parts.ts';
import { milestoneTyped } from '../milestones.ts';
import { LENS, NO_COLOR, RECORD, SELECTION, STORE, STRICT } from '../options.ts';
import { resolveId } from '../resolve.ts';
import { selectionOf } from '../selection.ts';

export const command: Command = {
  name: 'export',
  summary:
    'Takes a landscape, a timeline or a line of succession away in a format that other people’s tools accept, cited and dated as carefully as the record; says what the format cannot hold.',
  arguments: [{ usage: '[format]', summary: 'json, csv, turtle, gexf…; without one, lists them all' }],
  options: [
    { flags: '--on, --at <date>', summary: 'a landscape: what existed on this day' },
    { flags: '--from <date>', summary: 'a timeline: not before this day' },
    { flags: '--to <date>', summary: 'a timeline: not after this day' },
    { flags: '--milestone <slug>', summary: 'only events of this milestone, and the bodies they touch' },
    { flags: '--subject <id>', summary: 'only this thing, and of a body its whole line: an id, a code or a name' },
    { flags: '--about, --theme <theme>', summary: 'only this theme: commissioning, systems, boards, law, policy…' },
    ...SELECTION,
    ...LENS,
    { flags: '-o, --output <file>', summary: 'write to this file, whole or not at all (default: standard output)' },
    { flags: '--loss <file>', summary: 'write a report of what was converted, padded, flattened or dropped (JSON)' },
    RECORD,
    STORE,
    STRICT,
    NO_COLOR,
  ],
  examples: [
    { line: 'stood export', means: 'the formats there are, and what each cannot hold' },
    { line: 'stood export csv --at 2022-07-01 --kind ICB', means: 'one sheet: the boards of their first day' },
    {
      line: 'stood export markdown --milestone ccg-mergers-2020',
      means: 'a text with footnotes to paste into a chapter',
    },
    {
      line: 'stood export sqlite --subject icb/frimley -o frimley.sqlite --loss lost.json',
      means: 'a database of the whole line of a board, and what it could not hold',
    },
    {
      line: 'stood export csl-json --from 2020-04-01 --to 2022-07-01',
      means: 'references for Zotero: the record with its edition, milestones, bodies, sources',
    },
  ],
  details: [
    'Without --at the export is of events in order of time, the bodies they concern and the successions between them: of everything, or as narrowed down.',
  ],
  tooMany: 'one format at a time; days are given with --at, --from and --to',
  async run(ctx) {
    const { EXPORTERS, lossReport } = await import('../../exporters/index.ts');
    const [typed] = ctx.args;
    if (typed === undefined) {
      ctx.out(listOf(EXPORTERS));
      return 0;
    }
    const exporter = await exporterNamed(typed, EXPORTERS);
    const material = await materialOf(ctx);
    const output = exporter.write(material);
    await writeOut(ctx, exporter, output);
    const { loss, output: file } = ctx.options;
    const report = loss === undefined ? undefined : lossReport(exporter, material);
    if (loss !== undefined && report) {
      const { writeAtomically } = await import('../../record/atomic.ts');
      await writeAtomically(loss, `${JSON.stringify(report, null, 2)}\n`).catch(unwritten(loss));
    }
    const { bodies, events, links } = material;
    const held = [
      numbered(bodies.length, 'body', 'bodies'),
      numbered(events.length, 'event', 'events'),
      numbered(links.length, 'succession', 'successions'),
    ].join(', ');
    ctx.note(`${material.title}: ${held}${file === undefined ? '' : `, in ${file}`}`);
    if (bodies.length === 0 && events.length === 0)
      for (const note of material.notes.length > 0 ? material.notes : ['Nothing in the record was selected.'])
        ctx.note(note);
    if (report)
      ctx.note(
        report.losses.length === 0
          ? 'Nothing was lost.'
          : `${report.losses.length} of ${report.facts} facts were converted, padded, flattened or dropped: see ${loss}`,
      );
    return 0;
  },
};

async function materialOf(ctx: Context): Promise<Material> {
  const { at, from, to, milestone, theme, subject, publishedBy, recordedBy, dates } = ctx.options;
  const machine = await ctx.machine();
  return machine.material({
    at,
    from,
    to,
    theme,
    publishedBy,
    recordedBy,
    dates,
    ...(await selectionOf(ctx)),
    milestone: milestone === undefined ? undefined : milestoneTyped(ctx, machine, milestone),
    subject: subject === undefined ? undefined : await resolveId(ctx, subject),
  });
}

async function exporterNamed(typed: string, all: readonly Exporter[]): Promise<Exporter> {
  const word = typed.toLowerCase().replace(/^\./, '');
  const found = all.find(
    ({ name, aliases = [], extension }) => name === word || aliases.includes(word) || extension === `.${word}`,
  );
  if (found) return found;
  const { didYouMean } = await import('../../record/near.ts');
  const meant = didYouMean(
    word,
    all.flatMap(({ name, aliases = [] }) => [name, ...aliases]),
  );
  throw new AskedWrongly(
    `there is no format “${typed}”`,
    [meant, `formats: ${all.map(({ name }) => name).join(', ')}`].filter(Boolean).join('; '),
  );
}

function listOf(all: readonly Exporter[]): string {
  const widest = Math.max(...all.map(({ name }) => name.length));
  const lines = all.map(({ name, summary }) => `  ${name.padEnd(widest)}  ${summary}`);
  return `Formats (stood export <format>):\n\n${lines.join('\n')}\n\nWhat each cannot hold: docs/exports.md, and --loss.\n`;
}

async function writeOut(ctx: Context, exporter: Exporter, output: Output): Promise<void> {
  const file = ctx.options.output;
  if (output.is === 'text') {
    if (file === undefined) for (const chunk of output.chunks) ctx.out(chunk);
    else {
      const { writeAtomically } = await import('../../record/atomic.ts');
      await writeAtomically(file, output.chunks).catch(unwritten(file));
    }
    return;
  }
  if (file === undefined)
    throw new AskedWrongly(
      `${exporter.name} is ${output.is === 'folder' ? 'a folder of files' : 'a file of its own'} and cannot go to standard output`,
      `say where with -o: stood export ${exporter.name} -o england${exporter.extension}`,
    );
  if (output.is === 'folder') {
    const { writeFolderAtomically } = await import('../../record/atomic.ts');
    await writeFolderAtomically(file, output.files).catch(unwritten(file));
  } else {
    const { writeDatabase } = await import('../../store/sqlite/database.ts');
    await writeDatabase(file, output.database).catch(unwritten(file));
  }
}

/** A file that cannot be written is told as such. */
function unwritten(file: string): (error: NodeJS.ErrnoException) => never {
  const WHY: Readonly<Record<string, string>> = {
    ENOENT: 'the folder it should be in does not exist',
    EACCES: 'not permitted',
    EROFS: 'the disk is read-only',
    EISDIR: 'it is a folder',
    ENOTDIR: 'part of its path is a file',
    ENOSPC: 'the disk is full',
    ENOTEMPTY: 'the folder is there already and not empty',
  };
  return (error) => {
    const why = WHY[error.code ?? ''];
    if (why === undefined) throw error;
    throw new AskedWrongly(`cannot write ${file}: ${why}`, 'give another path with -o');
  };
}
