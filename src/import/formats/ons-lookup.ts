import { kindNamed } from '../../vocabulary/kinds.ts';
import { dateOf } from '../dates.ts';
import { type Draft, found, type ImportFormat, type Outcome, type Row, type Setting } from '../format.ts';
import { type KnownBody, mayExist, sameName, valuesOn } from '../known.ts';
import { idFor } from '../names.ts';

/** What the statistical office calls the levels that the record holds. */
const LEVELS: Readonly<Record<string, string>> = {
  SHA: 'strategic-health-authority',
  NHSHA: 'strategic-health-authority',
  PCO: 'primary-care-trust',
  PCT: 'primary-care-trust',
  CCG: 'clinical-commissioning-group',
  STP: 'system',
  ICB: 'integrated-care-board',
  SICBL: 'sub-icb-location',
  NHSER: 'nhs-region',
  NHSRLO: 'local-office',
  NHSAT: 'area-team',
  UTLA: 'council',
  CTYUA: 'council',
};

/** The columns of one level: `CCG19CD` (GSS), `CCG19CDH` (ODS), `CCG19NM`. */
interface Level {
  readonly name: string;
  readonly kind: string;
  readonly year: string;
  readonly gss: number;
  readonly ods: number | undefined;
  readonly label: number | undefined;
}

interface Entry {
  readonly line: number;
  readonly gss: string;
  readonly ods: string;
  readonly label: string;
  /** Its code at each level of the next tier up. */
  readonly above: Map<Level, string>;
}

/** Lookups of the statistical office: which body lay in which, on the day of the edition. */
export const onsLookup: ImportFormat = {
  name: 'ons-lookup',
  summary: 'Lookups of the Office for National Statistics: a header such as LSOA11CD,CCG19CD,CCG19CDH,CCG19NM,STP19CD…',
  read: (setting) => {
    let levels: readonly Level[] | undefined;
    let width = 0;
    const entries = new Map<Level, Map<string, Entry>>();
    return {
      row: (row) => {
        if (levels === undefined) {
          const head = readHead(row, setting);
          levels = head.levels;
          width = row.fields.length;
          for (const level of levels) entries.set(level, new Map());
          return head.outcomes;
        }
        if (row.fields.length !== width)
          return [found('bad row', row.line, `${row.fields.length} columns, where the header has ${width}`)];
        return readRow(row, levels, entries);
      },
      end: () => {
        if (levels === undefined) return [found('bad row', 1, 'the file is empty')];
        return settle(levels, entries, setting);
      },
    };
  },
};

function readHead({ line, fields }: Row, setting: Setting): { levels: readonly Level[]; outcomes: readonly Outcome[] } {
  const columns = new Map(fields.map((field, i) => [field.toUpperCase(), i]));
  const levels: Level[] = [];
  const strange: string[] = [];
  for (const [column, i] of columns) {
    const [, name = '', year = '', what = ''] = /^([A-Z]+?)(\d{2})(CD|CDH|NM|NMW)$/.exec(column) ?? [];
    const kind = LEVELS[name];
    if (kind === undefined) strange.push(column);
    else if (what === 'CD') {
      levels.push({
        name: `${name}${year}`,
        kind,
        year: `20${year}`,
        gss: i,
        ods: columns.get(`${name}${year}CDH`),
        label: columns.get(`${name}${year}NM`),
      });
    }
  }
  levels.sort((a, b) => tierOf(a) - tierOf(b));
  const outcomes: Outcome[] = [];
  if (strange.length > 0)
    outcomes.push(found('not understood', line, `columns that the record has no use for: ${strange.join(', ')}`));
  if (levels.length === 0)
    outcomes.push(
      found('bad row', line, 'no column of this header is a level that the record holds (CCG19CD, STP19CD, ICB22CD…)'),
    );
  else if (setting.asAt === undefined)
    outcomes.push(
      found(
        'note',
        line,
        `the file says no day: ${levels[0]?.year} is taken, day unknown; say --as-at for the day of the edition`,
      ),
    );
  return { levels, outcomes };
}

const TIERS: readonly (string | undefined)[] = ['place', 'local', 'intermediate', 'regional', 'national'];

/** Position of a level from local to national; those that are no tier of commissioning come last. */
function tierOf({ kind }: Level): number {
  const tier = TIERS.indexOf(kindNamed(kind)?.tier ?? 'none');
  return tier === -1 ? TIERS.length : tier;
}

/** The levels of the next tier up that the file has: a body may be part of a system and of an office at once. */
function levelsAbove(level: Level, levels: readonly Level[]): readonly Level[] {
  const higher = levels.map(tierOf).filter((tier) => tier > tierOf(level) && tier < TIERS.length);
  const next = Math.min(...higher);
  return levels.filter((other) => tierOf(other) === next);
}

function readRow(
  { line, fields }: Row,
  levels: readonly Level[],
  entries: ReadonlyMap<Level, Map<string, Entry>>,
): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  for (const level of levels) {
    const gss = fields[level.gss] ?? '';
    if (!/^[A-Z]\d{8}$/.test(gss)) {
      outcomes.push(found('bad row', line, `“${gss.slice(0, 40)}” is no GSS code (${level.name}CD)`));
      continue;
    }
    const known = entries.get(level);
    const ods = level.ods === undefined ? '' : (fields[level.ods] ?? '');
    const label = level.label === undefined ? '' : (fields[level.label] ?? '');
    let entry = known?.get(gss);
    if (entry === undefined) {
      entry = { line, gss, ods, label, above: new Map() };
      known?.set(gss, entry);
    } else if (entry.ods !== ods || entry.label !== label) {
      outcomes.push(
        found('bad row', line, `${gss} is ${ods} ${label} here and ${entry.ods} ${entry.label} on line ${entry.line}`),
      );
    }
    for (const next of levelsAbove(level, levels)) {
      const above = fields[next.gss] ?? '';
      const before = entry.above.get(next);
      if (before === undefined) entry.above.set(next, above);
      else if (before !== above) {
        outcomes.push(
          found(
            'not understood',
            line,
            `${gss} lies in ${above} here and in ${before} before: a body divided between two cannot be part of either`,
          ),
        );
      }
    }
  }
  return outcomes;
}

/** Holds every body and every pair against the record on the day of the edition. */
function settle(
  levels: readonly Level[],
  entries: ReadonlyMap<Level, ReadonlyMap<string, Entry>>,
  setting: Setting,
): readonly Outcome[] {
  const outcomes: Outcome[] = [];
  const ids = new Map<string, string>();
  const taken = new Set<string>();
  for (const level of levels) {
    const on = setting.asAt ?? level.year;
    for (const entry of entries.get(level)?.values() ?? []) {
      const body = bodyFor(entry, level, on, setting);
      if (body) {
        ids.set(entry.gss, body.id);
        outcomes.push(...compare(body, entry, on));
        continue;
      }
      const draft = established(entry, level, on, setting, taken);
      ids.set(entry.gss, String(draft.data.organisation));
      outcomes.push({ draft });
    }
  }
  for (const level of levels) {
    for (const entry of entries.get(level)?.values() ?? []) {
      for (const above of entry.above.values()) {
        outcomes.push(...related(entry, above, setting.asAt ?? level.year, ids, setting));
      }
    }
  }
  return outcomes;
}

function bodyFor(entry: Entry, level: Level, on: string, { known }: Setting): KnownBody | undefined {
  const date = dateOf(on);
  const byGss = known.bearers('gss', entry.gss);
  const byOds = entry.ods === '' ? [] : known.bearers('ods', entry.ods);
  const fitting = [...byGss, ...byOds].filter((body) => body.kind === level.kind);
  return fitting.find((body) => mayExist(body, date)) ?? fitting[0];
}

function compare(body: KnownBody, entry: Entry, on: string): readonly Outcome[] {
  const date = dateOf(on);
  const wrong: string[] = [];
  if (!mayExist(body, date)) wrong.push(`did not exist on ${on}`);
  else {
    const gss = valuesOn(body.gss, date);
    if (!gss.includes(entry.gss)) wrong.push(`bore the GSS code ${gss.join(' or ') || 'of nobody'}, not ${entry.gss}`);
    const ods = valuesOn(body.ods, date);
    if (entry.ods !== '' && !ods.includes(entry.ods))
      wrong.push(`bore the ODS code ${ods.join(' or ') || 'of nobody'}, not ${entry.ods}`);
    const names = valuesOn(body.names, date);
    if (entry.label !== '' && !names.some((name) => sameName(name, entry.label)))
      wrong.push(`was called ${names.join(' or ') || 'nothing that we know'}, not ${entry.label}`);
  }
  return wrong.length === 0
    ? [found('stands', entry.line, `${body.id}: same codes and name on ${on}`)]
    : wrong.map((what) => found('contradicts', entry.line, `${body.id}: in the record it ${what}`));
}

function established(entry: Entry, level: Level, on: string, { known }: Setting, taken: Set<string>): Draft {
  const label = entry.label === '' ? 'unknown' : entry.label;
  const plain = idFor(level.kind, entry.label, entry.ods || entry.gss);
  const organisation =
    known.body(plain) === undefined && !taken.has(plain) ? plain : `${plain}-${(entry.ods || entry.gss).toLowerCase()}`;
  taken.add(organisation);
  return {
    name: organisation.replace('/', '-'),
    type: 'OrganisationEstablished',
    effective: { date: on, basis: 'inferred' },
    data: {
      organisation,
      name: label,
      kind: level.kind,
      codes: { ...(entry.ods === '' ? {} : { ods: entry.ods }), gss: entry.gss },
    },
    at: `row ${entry.line}`,
    confidence: 'low',
    note: 'Listed in this edition; the file does not tell when it began.',
  };
}

function related(
  entry: Entry,
  above: string,
  on: string,
  ids: ReadonlyMap<string, string>,
  { known }: Setting,
): readonly Outcome[] {
  const [from, to] = [ids.get(entry.gss), ids.get(above)];
  if (from === undefined || to === undefined) return [];
  const body = known.body(from);
  const kind = known.body(to)?.kind;
  const date = dateOf(on);
  const parents = (body?.parents ?? []).filter(
    ({ value, from: since }) => since.earliest <= date.latest && known.body(value)?.kind === kind,
  );
  if (parents.some(({ value }) => value === to)) return [found('stands', entry.line, `${from} part of ${to} on ${on}`)];
  if (parents.length > 0)
    return [
      found(
        'contradicts',
        entry.line,
        `${from}: part of ${to} in the file, of ${[...new Set(parents.map(({ value }) => value))].join(' or ')} in the record`,
      ),
    ];
  const words = (id: string) => id.replace(/^[^/]*\//, '');
  return [
    {
      draft: {
        name: `${words(from)}-part-of-${words(to)}`.slice(0, 110),
        type: 'RelationshipBegan',
        effective: { date: on, basis: 'inferred' },
        data: { relation: 'part-of', from, to },
        at: `row ${entry.line}`,
        confidence: 'low',
        note: 'Listed so in this edition; the file does not tell since when.',
      },
    },
  ];
}
