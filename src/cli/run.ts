import { AskedWrongly, RecordUnreadable } from '../machine/errors.ts';
import type { Skipped } from '../machine/front.ts';
import type { Machine } from '../machine/machine.ts';
import { todayInEngland } from '../machine/today.ts';
import type { Command, Context, Io, Options } from './command.ts';
import { COMMANDS } from './commands.ts';
import { painter } from './format/paint.ts';

const FINE = 0;
const PROBLEMS = 1;
const ASKED_WRONGLY = 2;
const WIDEST = 110;

/** Runs the command with these arguments (without `node` and the script) and gives its exit code; never throws. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  try {
    return await dispatch(argv, io);
  } catch (problem) {
    return report(problem, io);
  }
}

async function dispatch(argv: readonly string[], io: Io): Promise<number> {
  const [first, ...rest] = argv;
  if (first === undefined || first === '--help' || first === '-h' || (first === 'help' && wordsOf(rest).length === 0)) {
    io.stdout.write((await import('./help.ts')).rootHelp(widthOf(io, {})));
    return FINE;
  }
  if (first === '--version' || first === '-V') return version(io);
  const asksHelp =
    first === 'help' || rest.slice(0, untilDashes(rest)).some((word) => word === '--help' || word === '-h');
  const command = await commandNamed(first === 'help' ? (wordsOf(rest)[0] ?? '') : first);
  if (asksHelp) {
    io.stdout.write((await import('./help.ts')).commandHelp(command, widthOf(io, {})));
    return FINE;
  }
  // The parser is not loaded where there is nothing to parse.
  const { args, options } = rest.some((word) => word.startsWith('-'))
    ? (await import('./parse.ts')).parse(command, rest)
    : { args: rest, options: {} };
  return command.run(contextOf(command, args, options, io));
}

function wordsOf(argv: readonly string[]): readonly string[] {
  return argv.filter((word) => !word.startsWith('-'));
}

function untilDashes(argv: readonly string[]): number {
  const at = argv.indexOf('--');
  return at < 0 ? argv.length : at;
}

async function commandNamed(name: string): Promise<Command> {
  const listed = COMMANDS.find((command) => command.name === name);
  if (listed) return (await listed.load()).command;
  if (name.startsWith('-'))
    throw new AskedWrongly(
      `“${name}” comes before any command`,
      'the command comes first: stood <command> [options]; see: stood help',
    );
  if (/^\d/.test(name)) throw new AskedWrongly(`there is no command “${name}”`, `did you mean “stood on ${name}”?`);
  const { didYouMean } = await import('../record/near.ts');
  const meant = didYouMean(
    name,
    COMMANDS.map((command) => command.name),
  );
  throw new AskedWrongly(`there is no command “${name}”`, meant ? `${meant}; see: stood help` : 'see: stood help');
}

function contextOf(command: Command, args: readonly string[], options: Options, io: Io): Context {
  let opened: Promise<Machine> | undefined;
  const most = command.arguments.length;
  const isList = command.arguments.some(({ usage }) => usage.includes('…'));
  if (!isList && args.length > most)
    throw new AskedWrongly(
      `too many words for “stood ${command.name}”: “${args.slice(most).join(' ')}”`,
      command.tooMany ?? `see: stood help ${command.name}`,
    );
  const colour = io.isTTY && !io.env.NO_COLOR && io.env.TERM !== 'dumb' && options.color !== false;
  return {
    args,
    options,
    io,
    format: options.format ?? 'table',
    width: widthOf(io, options),
    paint: painter(colour),
    machine: () => {
      opened ??= openMachine(io, options);
      return opened;
    },
    out: (text) => void io.stdout.write(text),
    note: (text) => void io.stderr.write(`${text}\n`),
  };
}

async function openMachine(io: Io, options: Options): Promise<Machine> {
  const { record: folder, strict } = options;
  if (folder !== undefined && options.store !== undefined)
    throw new AskedWrongly('--record and --store name two records', 'give one of them');
  const store = folder === undefined ? (options.store ?? (io.env.STOOD_STORE || undefined)) : undefined;
  let passedOver: Skipped | undefined;
  const onSkipped = (skipped: Skipped): void => {
    passedOver = skipped;
  };
  const openRecord = io.openRecord ?? (await import('../machine/index.ts')).openRecord;
  const { now } = io;
  const machine = await openRecord({
    ...(now && { today: () => todayInEngland(now().getTime()) }),
    ...(folder === undefined ? {} : { folder }),
    ...(store === undefined ? {} : { store, onSkipped, ...(strict ? { strict } : {}) }),
  });
  if (passedOver) {
    const { skippedInWords } = await import('../machine/stored-record.ts');
    const { foreign, unknown } = passedOver;
    io.stderr.write(`${skippedInWords({ foreign, unknown: new Map(Object.entries(unknown)) })}\n`);
  }
  return machine;
}

function widthOf(io: Io, options: Options): number {
  return options.width ?? (io.isTTY && io.columns ? Math.min(Math.max(io.columns, 20), WIDEST) : 80);
}

async function version(io: Io): Promise<number> {
  const { packageVersion } = await import('./version.ts');
  io.stdout.write(`as-it-stood ${packageVersion()}\n`);
  io.stdout.write(`record edition ${(await openMachine(io, {})).edition}\n`);
  return FINE;
}

function report(problem: unknown, io: Io): number {
  const say = (text: string) => void io.stderr.write(`${text}\n`);
  if (problem instanceof AskedWrongly) {
    say(`stood: ${problem.message}`);
    if (problem.hint) say(problem.hint.replace(/^/gm, '  '));
    return ASKED_WRONGLY;
  }
  if (problem instanceof RecordUnreadable) {
    say(`stood: ${problem.message}`);
    for (const { file, line, column, rule, message, hint } of problem.problems.slice(0, 20))
      say(`${file}:${line}:${column}  ${rule}  ${message}${hint ? `\n    ${hint}` : ''}`);
    if (problem.problems.length > 20) say(`… and ${problem.problems.length - 20} more; see: stood check`);
    return PROBLEMS;
  }
  if (problem instanceof Error && 'hint' in problem) {
    say(`stood: ${problem.message}`);
    if (typeof problem.hint === 'string') say(`  ${problem.hint}`);
    return problem.name === 'BadStoreUrl' ? ASKED_WRONGLY : PROBLEMS;
  }
  if (problem instanceof Error && problem.name === 'Interrupted' && 'exitCode' in problem) {
    say(`stood: ${problem.message}`);
    return Number(problem.exitCode);
  }
  const message = problem instanceof Error ? problem.message : String(problem);
  say(`stood: something went wrong that should not: ${message.split('\n')[0]}`);
  if (io.env.STOOD_DEBUG) say(problem instanceof Error ? (problem.stack ?? '') : '');
  else say('set STOOD_DEBUG=1 for details');
  return PROBLEMS;
}
