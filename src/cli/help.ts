import type { Command, OptionSpec } from './command.ts';
import { COMMANDS } from './commands.ts';

/** The help of one command: enough to need no manual. */
export function commandHelp(command: Command, width: number): string {
  const usage = ['stood', command.name, ...command.arguments.map((argument) => argument.usage), '[options]'].join(' ');
  return [
    ...wrapped(command.summary, width, 0),
    '',
    `Usage: ${usage}`,
    ...section(
      'Arguments',
      columns(
        command.arguments.map(({ usage: left, summary }) => [left, summary]),
        width,
      ),
    ),
    ...(command.details ?? []).flatMap((paragraph) => ['', ...wrapped(paragraph, width, 0)]),
    ...section('Options', columns([...command.options.map(optionRow), ['-h, --help', 'show this help']], width)),
    ...section(
      'Examples',
      command.examples.flatMap(({ line, means }) => [`  ${line}`, ...wrapped(means, width, 6)]),
    ),
    '',
  ].join('\n');
}

/** The help of the whole: which commands there are. */
export function rootHelp(width: number): string {
  return [
    'stood: what existed in the English NHS on any date, why, and who says so.',
    '',
    'Usage: stood <command> [arguments] [options]',
    ...section('Try', [
      ...columns(
        [
          ['stood on 2013-04-01', 'what existed on a day'],
          ['stood diff 2022-06-30 2022-07-01', 'what changed between two'],
          ['stood find QHM', 'what a code or a name means, dead or alive'],
          ['stood help on', 'everything about a command'],
        ],
        width,
      ),
    ]),
    ...section(
      'Commands',
      columns(
        COMMANDS.map(({ name, summary }) => [name, summary]),
        width,
      ),
    ),
    ...section(
      'Options',
      columns(
        [
          ['-h, --help', 'show this help'],
          ['-V, --version', 'show the version of the program and the edition of the record'],
        ],
        width,
      ),
    ),
    '',
    ...wrapped(
      'Dates are typed as people write them: 2013-04-01, “1 April 2013”, 1/4/2013 (day first), “Apr 2013”, 2013, today. Bodies are ids (icb/devon), codes (QHM) or names.',
      width,
      0,
    ),
    ...wrapped('Exit codes: 0 fine, 1 problems found, 2 asked wrongly.', width, 0),
    '',
  ].join('\n');
}

function optionRow({ flags, summary, choices }: OptionSpec): readonly [string, string] {
  const shown =
    choices && !choices.every((choice) => summary.includes(choice)) ? `${summary}: ${choices.join(', ')}` : summary;
  return [flags, shown];
}

function section(name: string, lines: readonly string[]): string[] {
  return lines.length > 0 ? ['', `${name}:`, ...lines] : [];
}

function columns(rows: readonly (readonly [string, string])[], width: number): string[] {
  const column = Math.min(28, Math.max(0, ...rows.map(([left]) => left.length))) + 4;
  return rows.flatMap(([left, right]) => {
    const lines = wrapped(right, width, column);
    const fits = left.length + 4 <= column;
    return fits
      ? [`  ${left}`.padEnd(column) + (lines[0] ?? '').trimStart(), ...lines.slice(1)]
      : [`  ${left}`, ...lines];
  });
}

function wrapped(text: string, width: number, indent: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && indent + line.length + 1 + word.length > width) {
      lines.push(' '.repeat(indent) + line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, ' '.repeat(indent) + line];
}
