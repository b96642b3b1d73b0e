/** A kind of body, as used in `--kind`. */
export interface Kind {
  readonly name: string;
  readonly singular: string;
  readonly plural: string;
  readonly acronym?: string;
  /** What its ids begin with: `ccg/darlington`. */
  readonly prefix: string;
  /** One line that says what it is. */
  readonly summary: string;
  /** Commissioning tier: when one of these ends, the rules expect successors. */
  readonly tier?: 'national' | 'regional' | 'intermediate' | 'local' | 'place';
  readonly statutory: boolean;
}

/** Every kind of body the record holds, from national to local. */
export const KINDS = [
  {
    name: 'department',
    singular: 'department of state',
    plural: 'departments of state',
    prefix: 'body',
    tier: 'national',
    statutory: true,
    summary: 'A government department, led by a Secretary of State.',
  },
  {
    name: 'arms-length-body',
    singular: "arm's length body",
    plural: "arm's length bodies",
    acronym: 'ALB',
    prefix: 'body',
    tier: 'national',
    statutory: true,
    summary: 'A national body at a distance from the department: NHS England, Monitor, NHS Digital…',
  },
  {
    name: 'health-authority',
    singular: 'health authority',
    plural: 'health authorities',
    acronym: 'HA',
    prefix: 'ha',
    tier: 'intermediate',
    statutory: true,
    summary: 'Planned and bought care for a district, 1996 to 2002.',
  },
  {
    name: 'strategic-health-authority',
    singular: 'strategic health authority',
    plural: 'strategic health authorities',
    acronym: 'SHA',
    prefix: 'sha',
    tier: 'intermediate',
    statutory: true,
    summary: 'Managed the NHS in a region on behalf of the department, 2002 to 2013.',
  },
  {
    name: 'primary-care-trust',
    singular: 'primary care trust',
    plural: 'primary care trusts',
    acronym: 'PCT',
    prefix: 'pct',
    tier: 'local',
    statutory: true,
    summary: 'Commissioned and at first also provided local care, 2000 to 2013.',
  },
  {
    name: 'clinical-commissioning-group',
    singular: 'clinical commissioning group',
    plural: 'clinical commissioning groups',
    acronym: 'CCG',
    prefix: 'ccg',
    tier: 'local',
    statutory: true,
    summary: 'A membership body of general practices that commissioned local care, 2013 to 2022.',
  },
  {
    name: 'integrated-care-board',
    singular: 'integrated care board',
    plural: 'integrated care boards',
    acronym: 'ICB',
    prefix: 'icb',
    tier: 'intermediate',
    statutory: true,
    summary: 'A statutory body that plans and buys care for its area, since 2022.',
  },
  {
    name: 'sub-icb-location',
    singular: 'sub-ICB location',
    plural: 'sub-ICB locations',
    acronym: 'SICBL',
    prefix: 'sicbl',
    tier: 'place',
    statutory: false,
    summary: 'A part of an ICB used for reporting; most keep the area of the CCG before.',
  },
  {
    name: 'integrated-care-partnership',
    singular: 'integrated care partnership',
    plural: 'integrated care partnerships',
    acronym: 'ICP',
    prefix: 'icp',
    statutory: true,
    summary: 'The joint committee of an ICB and the councils of its area; writes the care strategy.',
  },
  {
    name: 'system',
    singular: 'system',
    plural: 'systems',
    prefix: 'system',
    tier: 'intermediate',
    statutory: false,
    summary: 'A footprint and its partnership: STP, then ICS. Not a legal person.',
  },
  {
    name: 'nhs-region',
    singular: 'NHS region',
    plural: 'NHS regions',
    prefix: 'region',
    tier: 'regional',
    statutory: false,
    summary: 'A region of NHS England.',
  },
  {
    name: 'area-team',
    singular: 'area team',
    plural: 'area teams',
    acronym: 'AT',
    prefix: 'area-team',
    tier: 'intermediate',
    statutory: false,
    summary: 'A local arm of NHS England, 2013 to 2015.',
  },
  {
    name: 'local-office',
    singular: 'local office',
    plural: 'local offices',
    prefix: 'office',
    tier: 'intermediate',
    statutory: false,
    summary: 'A local office of NHS England after the area teams, from 2015.',
  },
  {
    name: 'nhs-trust',
    singular: 'NHS trust',
    plural: 'NHS trusts',
    prefix: 'trust',
    statutory: true,
    summary: 'Provides hospital, mental health, community or ambulance care.',
  },
  {
    name: 'nhs-foundation-trust',
    singular: 'NHS foundation trust',
    plural: 'NHS foundation trusts',
    acronym: 'FT',
    prefix: 'trust',
    statutory: true,
    summary: 'An NHS provider with members and governors and more freedom.',
  },
  {
    name: 'care-trust',
    singular: 'care trust',
    plural: 'care trusts',
    prefix: 'trust',
    statutory: true,
    summary: 'An NHS body that also holds social care duties for councils.',
  },
  {
    name: 'council',
    singular: 'upper-tier council',
    plural: 'upper-tier councils',
    prefix: 'council',
    statutory: true,
    summary: 'A county, unitary, borough or metropolitan council with social care duties.',
  },
  {
    name: 'programme',
    singular: 'programme',
    plural: 'programmes',
    prefix: 'programme',
    statutory: false,
    summary: 'A national programme of work with sites or members.',
  },
] as const satisfies readonly Kind[];

export type KindName = (typeof KINDS)[number]['name'];
export const KIND_NAMES = KINDS.map((kind) => kind.name) as [KindName, ...KindName[]];

/** The kind of this name, or undefined. */
export function kindNamed(name: string): Kind | undefined {
  return KINDS.find((kind) => kind.name === name);
}

/** Position of a kind in the list of kinds, from national to local; after the last for a word that names none. */
export function kindRank(of: string): number {
  const rank = KINDS.findIndex((kind) => kind.name === of);
  return rank < 0 ? KINDS.length : rank;
}
