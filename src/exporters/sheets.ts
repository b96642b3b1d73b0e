import type {
  Conflict,
  Correspondence,
  Count,
  CountSeries,
  EventAnswer,
  Find,
  Generations,
  MilestoneAnswer,
  SourceAnswer,
  Why,
  Without,
} from '../machine/index.ts';
import type { Kind } from '../vocabulary/kinds.ts';
import type { Sheet } from './sheet.ts';

/** Events, a row for each. */
export function eventSheet(events: readonly EventAnswer[]): Sheet {
  return {
    header: [
      'id',
      'type',
      'milestone',
      'date',
      'basis',
      'sentence',
      'sources',
      'because',
      'confidence',
      'public_from',
      'recorded',
    ],
    rows: events.map((event) => [
      event.id,
      event.type,
      event.milestone,
      event.date,
      event.basis,
      event.sentence,
      event.sources.map(({ source }) => source).join(';'),
      event.because.join(';'),
      event.confidence,
      event.publicFrom,
      event.recorded,
    ]),
  };
}

/** A correspondence as a table to join with: a row for each pair of bodies. */
export function correspondenceSheet({ rows }: Correspondence): Sheet {
  return {
    header: [
      'from_id',
      'from_name',
      'from_ods',
      'from_gss',
      'relation',
      'to_id',
      'to_name',
      'to_ods',
      'to_gss',
      'share',
      'share_of',
      'ambiguous',
      'existence',
      'events',
    ],
    rows: rows.map((row) => [
      row.from?.id,
      row.from?.name,
      row.from?.codes.ods,
      row.from?.codes.gss,
      row.relation,
      row.to?.id,
      row.to?.name,
      row.to?.codes.ods,
      row.to?.codes.gss,
      row.share?.share,
      row.share?.of,
      row.ambiguous ? 'yes' : 'no',
      row.existence,
      row.via.map(({ event }) => event).join(';'),
    ]),
  };
}

/** A number on a day, a row for it and one for each wave; or over time, a row for each day. */
export function countSheet(count: Count | CountSeries): Sheet {
  if ('counts' in count)
    return {
      header: ['at', 'title', 'certain', 'possible', 'covered'],
      rows: count.counts.map((each) => [each.at, each.title, each.certain, each.possible, each.covered ? 'yes' : 'no']),
    };
  const { of, at, title, coverage } = count;
  return {
    header: ['of', 'at', 'title', 'wave', 'certain', 'possible', 'expected', 'completeness'],
    rows: [
      [of, at, title, '', count.certain, count.possible, count.expected, coverage.completeness],
      ...count.waves.map(({ wave, certain, possible }) => [
        of,
        at,
        title,
        wave,
        certain,
        possible,
        '',
        coverage.completeness,
      ]),
    ],
  };
}

/** Things found, a row for each. */
export function findSheet({ found }: Pick<Find, 'found'>): Sheet {
  return {
    header: ['id', 'name', 'kind', 'ods', 'gss', 'matched', 'value', 'existence', 'from', 'until', 'successors'],
    rows: found.map((each) => [
      each.id,
      each.name,
      each.kind,
      each.codes.ods,
      each.codes.gss,
      each.matched.what,
      each.matched.value,
      each.existence,
      each.from,
      each.until,
      each.successors.map(({ id }) => id).join(';'),
    ]),
  };
}

/** Reasons, a row for each, with the events and sources they rest on. */
export function whySheet({ reasons }: Pick<Why, 'reasons'>): Sheet {
  return {
    header: ['subject', 'name', 'what', 'existence', 'events', 'sources'],
    rows: reasons.map((each) => [
      each.subject,
      each.name,
      each.what,
      each.existence,
      each.events.map(({ id }) => id).join(';'),
      [...new Set(each.events.flatMap(({ sources }) => sources.map(({ source }) => source)))].join(';'),
    ]),
  };
}

/** What would not have followed, a row for each event. */
export function withoutSheet({ fell }: Pick<Without, 'fell'>): Sheet {
  return eventSheet(fell);
}

/** Sources, a row for each. */
export function sourceSheet(sources: readonly SourceAnswer[]): Sheet {
  return {
    header: ['source', 'title', 'publisher', 'kind', 'published', 'accessed', 'licence', 'url', 'events'],
    rows: sources.map((each) => [
      each.source,
      each.title,
      each.publisher,
      each.kind,
      each.published,
      each.accessed,
      each.licence,
      each.url,
      each.events,
    ]),
  };
}

/** Disagreements between sources, a row for each. */
export function conflictSheet(conflicts: readonly Conflict[]): Sheet {
  return {
    header: ['kind', 'event', 'date', 'record_says', 'source', 'source_says', 'ruling', 'official', 'ours', 'evidence'],
    rows: conflicts.map(({ kind, event, source, says, ruling, official, ours, evidence }) => [
      kind,
      event.id,
      event.date,
      event.sentence,
      source.source,
      says,
      ruling,
      official,
      ours,
      evidence?.map((each) => each.source).join(';'),
    ]),
  };
}

/** The kinds of body, a row for each. */
export function kindSheet(kinds: readonly Kind[]): Sheet {
  return {
    header: ['name', 'singular', 'plural', 'acronym', 'prefix', 'tier', 'statutory', 'summary'],
    rows: kinds.map((each) => [
      each.name,
      each.singular,
      each.plural,
      each.acronym,
      each.prefix,
      each.tier,
      each.statutory ? 'yes' : 'no',
      each.summary,
    ]),
  };
}

/** Reforms and announcements, a row for each. */
export function milestoneSheet(milestones: readonly MilestoneAnswer[]): Sheet {
  return {
    header: ['milestone', 'title', 'from', 'to', 'events', 'themes'],
    rows: milestones.map((each) => [
      each.milestone,
      each.title,
      each.from,
      each.to,
      each.events,
      each.themes.join(';'),
    ]),
  };
}

/** How one generation of bodies passed into the next, a row for each passage. */
export function generationSheet({ passages }: Pick<Generations, 'passages'>): Sheet {
  return {
    header: ['from_kind', 'from_at', 'to_kind', 'to_at', 'manner', 'before', 'after'],
    rows: passages.map(({ from, to, manner, before, after }) => [
      from.kind,
      from.at,
      to.kind,
      to.at,
      manner,
      before,
      after,
    ]),
  };
}
