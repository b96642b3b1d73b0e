import { AskedWrongly } from '../machine/errors.ts';
import { KINDS, type Kind } from '../vocabulary/kinds.ts';
import { didYouMean } from './suggest.ts';

/** The kind meant by a name, plural or acronym in whatever case: `CCGs`, `clinical commissioning groups`. */
export function kindTyped(typed: string): Kind | undefined {
  const wanted = plain(typed);
  return KINDS.find((kind: Kind) => namesOf(kind).some((name) => plain(name) === wanted));
}

/** Kinds as given with `--kind`, by their own names; throws `AskedWrongly` for one that there is not. */
export function kindsTyped(typed: readonly string[] | undefined): readonly string[] | undefined {
  return typed?.map((word) => {
    const kind = kindTyped(word);
    if (kind) return kind.name;
    const meant = didYouMean(word, KINDS.flatMap((each: Kind) => namesOf(each)));
    throw new AskedWrongly(`there is no kind “${word}”`, [meant, 'see: stood kinds'].filter(Boolean).join(' '));
  });
}

function namesOf(kind: Kind): readonly string[] {
  return [kind.name, kind.singular, kind.plural, ...(kind.acronym ? [kind.acronym, `${kind.acronym}s`] : [])];
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[’']/g, '').replace(/[\s_-]+/g, ' ').trim();
}
