import { AskedWrongly } from '../machine/errors.ts';
import type { Lens, Machine } from '../machine/machine.ts';
import { lettersOf, openSource } from './file.ts';
import { columnAt, layoutOf } from './layout.ts';

/** Rows that a file of shares may have. */
const MOST = 2000;

/**
 * Shares that a person knows: a CSV file with the columns `from`, `to` (codes, names or ids, of the two days) and
 * `share` (0 to 1). By body and target, in millionths. Throws for what it cannot read.
 */
export async function sharesOf(
  {
    machine,
    from,
    to,
    lens,
  }: { readonly machine: Machine; readonly from: string; readonly to: string; readonly lens: Lens },
  path: string,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const source = await openSource(path);
  const layout = await layoutOf(source, { separator: undefined, header: true });
  const places = ['from', 'to', 'share'].map((name) => columnAt(layout, name));
  if (layout.sample.length >= MOST || source.bytes > 512 * 1024)
    throw new AskedWrongly(`${path} has more than ${MOST} rows`, 'give the shares of the divided bodies only');
  const bodyOf = (text: string, at: string, line: number) => {
    const [found] = machine.recognise([text], { ...lens, at, near: true }).values;
    const [body] = found?.bodies ?? [];
    if (found?.outcome === 'recognised' && body) return body.id;
    const near = found?.near.map(({ name }) => name).join('; ');
    throw new AskedWrongly(
      `${path}, line ${line}: “${text}” is ${found?.outcome === 'ambiguous' ? 'the name of several bodies' : 'no body'} on ${at}`,
      near ? `near: ${near}` : 'give its code, its name or its id on that day',
    );
  };
  const shares = new Map<string, Map<string, number>>();
  for (const { cells, line } of layout.sample) {
    const [one = '', other = '', text = ''] = places.map((place) => lettersOf(cells[place] ?? '').trim());
    const share = /^(0|1|[01]?\.\d+)$/.test(text) ? Number(text) : Number.NaN;
    if (!(share >= 0 && share <= 1))
      throw new AskedWrongly(`${path}, line ${line}: “${text}” is no share`, 'a share is a number from 0 to 1: 0.368');
    const body = bodyOf(one, from, line);
    const targets = shares.get(body) ?? new Map<string, number>();
    targets.set(bodyOf(other, to, line), Math.round(share * 1_000_000));
    shares.set(body, targets);
  }
  return shares;
}
