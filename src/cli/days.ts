import { AskedWrongly } from '../machine/errors.ts';

/** The two days of `diff` and `correspondence`, however many words each was typed in: `1 April 2013 to 1 April 2014`. */
export function twoDays(args: readonly string[], command: string): readonly [string, string] {
  const words = args.map((word) => word.trim()).filter((word) => word !== '' && word !== 'from' && word !== 'between');
  const middle = words.findIndex((word) => /^(to|and|until|\.\.)$/.test(word));
  const [before, after] =
    middle < 0 ? [words.slice(0, 1), words.slice(1)] : [words.slice(0, middle), words.slice(middle + 1)];
  if (before.length > 0 && after.length > 0 && (middle >= 0 || words.length === 2))
    return [before.join(' '), after.join(' ')];
  if (words.length > 2)
    throw new AskedWrongly(
      `“${args.join(' ')}” is more than two days`,
      `put “to” between them, or quotes around each: stood ${command} '1 April 2013' '1 April 2014'`,
    );
  throw new AskedWrongly(
    'two days are needed, and fewer were given',
    `for instance: stood ${command} 2022-06-30 2022-07-01`,
  );
}
