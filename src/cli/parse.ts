import { CommanderError, InvalidArgumentError, Option, Command as Parser } from 'commander';
import { AskedWrongly } from '../machine/errors.ts';
import type { Command, OptionSpec, Options } from './command.ts';

/** What was typed after the command's name, read. */
export interface Parsed {
  readonly args: readonly string[];
  readonly options: Options;
}

/** Reads arguments and options of one command; throws `AskedWrongly` with what was wrong and what may have been meant. */
export function parse(command: Command, argv: readonly string[]): Parsed {
  const parser = new Parser(command.name)
    .exitOverride()
    .configureOutput({ writeOut: () => {}, writeErr: () => {} })
    .helpOption(false)
    .argument('[words...]');
  for (const spec of command.options) parser.addOption(optionOf(spec));
  try {
    parser.parse([...argv], { from: 'user' });
  } catch (problem) {
    if (problem instanceof CommanderError) throw wrongly(problem, command.name);
    throw problem;
  }
  return { args: parser.args, options: parser.opts<Options>() };
}

function optionOf(spec: OptionSpec): Option {
  const option = new Option(spec.flags, spec.summary);
  if (spec.choices) option.choices(spec.choices);
  if (spec.repeat)
    option.argParser((value: string, before: readonly string[] | undefined) => [...(before ?? []), value]);
  const least = spec.least;
  if (least !== undefined) {
    option.argParser((value: string) => {
      if (!/^\d{1,6}$/.test(value) || Number(value) < least)
        throw new InvalidArgumentError(`It must be a whole number of at least ${least}.`);
      return Number(value);
    });
  }
  return option;
}

function wrongly(problem: CommanderError, name: string): AskedWrongly {
  const [message = '', ...more] = problem.message.replace(/^error: /, '').split('\n');
  const meant = more
    .join(' ')
    .replace(/^\(|\)$/g, '')
    .trim();
  return new AskedWrongly(message, [meant, `see: stood help ${name}`].filter(Boolean).join('; '));
}
