import type { BodyRef, Found } from '../machine/answers.ts';
import { AskedWrongly } from '../machine/errors.ts';
import { KINDS } from '../vocabulary/kinds.ts';
import type { Context } from './command.ts';

const ID = /^[a-z][a-z0-9-]*\/[a-z0-9][a-z0-9./-]*$/;
const MOST_CHOICES = 12;

/** True for what has the shape of an id: `icb/devon`. */
export function looksLikeId(text: string): boolean {
  return ID.test(text);
}

/**
 * The id meant by what was typed: an id as it is; `icb devon`, a code or a name if only one thing bears it.
 * Says on stderr what it was taken as; throws `AskedWrongly` with the choices when several things could be meant.
 */
export async function resolveId(ctx: Context, typed: string): Promise<string> {
  const text = typed.trim();
  if (looksLikeId(text)) return text;
  if (text === '')
    throw new AskedWrongly('nothing was named', 'give an id, a code or a name: icb/devon, QHM, “Frimley”');
  const machine = await ctx.machine();
  const asId = spelledAsId(text);
  if (asId !== undefined && exactly(machine.find(asId, { limit: 5 }).found, asId).length > 0)
    return taken(ctx, typed, asId);
  const { found, near } = machine.find(text, { limit: 50 });
  const exact = exactly(found, text);
  const chosen = exact.length > 0 ? exact : distinct(found);
  const [only] = chosen;
  if (chosen.length === 1 && only) return taken(ctx, typed, only.id, only.name);
  if (chosen.length > 1) {
    const choices = chosen.slice(0, MOST_CHOICES).map((body) => `  ${body.id}  ${body.name}`);
    const more =
      chosen.length > MOST_CHOICES
        ? [`  … and ${chosen.length - MOST_CHOICES} more; see: stood find ${quoted(text)}`]
        : [];
    throw new AskedWrongly(
      `“${text}” may mean any of ${chosen.length} things`,
      ['choose one:', ...choices, ...more].join('\n'),
    );
  }
  throw new AskedWrongly(
    `nothing is called “${text}”`,
    near.length > 0
      ? ['did you mean:', ...near.slice(0, 5).map((body) => `  ${body.id}  ${body.name}`)].join('\n')
      : `try: stood find ${quoted(text)}`,
  );
}

/** A word as typed in a shell. */
export function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replace(/'/g, `'\\''`)}'`;
}

function taken(ctx: Context, typed: string, id: string, name?: string): string {
  ctx.note(`“${typed}” taken as ${id}${name ? ` (${name})` : ''}`);
  return id;
}

/** `icb devon`, `ICB Devon` as `icb/devon`; undefined when the first word is no family of ids. */
function spelledAsId(text: string): string | undefined {
  const [family = '', ...rest] = text.toLowerCase().split(/[\s/]+/);
  if (rest.length === 0 || !KINDS.some((kind) => kind.prefix === family)) return undefined;
  const slug = rest
    .join('-')
    .replace(/[^a-z0-9.-]+/g, '')
    .replace(/-+/g, '-');
  return slug === '' ? undefined : `${family}/${slug}`;
}

function exactly(found: readonly Found[], text: string): BodyRef[] {
  const wanted = text.toLowerCase();
  return distinct(found.filter((each) => each.id === wanted || each.matched.value.toLowerCase() === wanted));
}

function distinct(found: readonly BodyRef[]): BodyRef[] {
  return [...new Map(found.map((each) => [each.id, each])).values()];
}
