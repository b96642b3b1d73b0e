import type { Material, MaterialBody } from '../machine/index.ts';
import { kindNamed } from '../vocabulary/kinds.ts';
import { inWords, periodInWords } from './dates.ts';
import { spellsOf } from './facts.ts';

/** Every dated statement of a body in words, one a line. */
export function statementsInWords(body: MaterialBody): string[] {
  const titles = new Map([...body.relations.map((tie) => [tie, tie.name] as const)]);
  return spellsOf(body).map(({ what, spell, value }) => {
    const told =
      what === 'existence'
        ? 'existed'
        : what === 'name'
          ? `called ${value}`
          : what === 'kind'
            ? (kindNamed(value)?.singular ?? value)
            : what === 'relation'
              ? `${value.slice(0, value.indexOf(' ')).replaceAll('-', ' ')} ${titles.get(spell as never) ?? spell.value}`
              : value;
    const doubt = spell.certainty === 'certain' ? '' : ` (${spell.certainty})`;
    return `${told}: ${periodInWords(spell.from, spell.until)}${doubt}`;
  });
}

/** The clocks that an answer was given by: what was recorded by, what was published by, and whose dates. */
export function clocksInWords({ publishedBy, recordedBy, dates }: Material): string[] {
  return [
    ...(recordedBy === null ? [] : [`as recorded by ${inWords(recordedBy)}`]),
    ...(publishedBy === null ? [] : [`as published by ${inWords(publishedBy)}`]),
    `${dates} dates`,
  ];
}

/** What was asked, of which edition, by which clocks, and how much of it is covered: one sentence a line. */
export function askedInWords(material: Material): string[] {
  const { edition, selection, coverage, notes } = material;
  const clocks = clocksInWords(material).join(', ');
  const chosen = Object.entries(selection).flatMap(([name, value]) =>
    value === null ? [] : [`${name.replace('partOf', 'part of')} ${String(value)}`],
  );
  return [
    `From the record “As It Stood”, edition ${edition}`,
    `${clocks.charAt(0).toUpperCase()}${clocks.slice(1)}`,
    ...(chosen.length > 0 ? [`Selected: ${chosen.join(', ')}`] : []),
    ...coverage.map(({ of, completeness, from, to, note }) =>
      [`Coverage of ${of}: ${completeness}`, from === null ? undefined : periodInWords(from, to), note]
        .filter(Boolean)
        .join(', '),
    ),
    ...notes,
  ];
}
