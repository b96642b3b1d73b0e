import type { Element } from '@xmldom/xmldom';
import { childrenOf } from './readers/eac-cpf.ts';

const NAMESPACE = 'https://archivists.org/ns/eac/v2';
const DATES = '(date|dateRange|dateSet)';
const SINGLE = `term+ ${DATES}? placeName* descriptiveNote?`;

/**
 * The content of the elements that are written, as the Society of American Archivists' eac.xsd of EAC-CPF 2.0 has them
 * (SAA-SDT/eac-cpf-schema, xml-schemas/eac-cpf/eac.xsd): names in order, as a regular expression over them; `text` for
 * text alone, `mixed` for text among the elements named.
 */
const CONTENT: Readonly<Record<string, string>> = {
  eac: 'control cpfDescription',
  control:
    'recordId maintenanceAgency maintenanceHistory sources? (conventionDeclaration|languageDeclaration|localControl|localTypeDeclaration|otherRecordId|representation|rightsDeclaration)*',
  recordId: 'text',
  maintenanceAgency: 'agencyName+ otherAgencyCode* descriptiveNote?',
  agencyName: 'text',
  maintenanceHistory: 'maintenanceEvent+',
  maintenanceEvent: 'agent eventDateTime eventDescription*',
  agent: 'text',
  eventDateTime: 'text',
  eventDescription: 'mixed reference span',
  sources: 'source+ descriptiveNote?',
  source: 'reference+ citedRange* descriptiveNote? objectXMLWrap?',
  reference: 'mixed span',
  citedRange: 'text',
  descriptiveNote: 'p+',
  p: 'mixed reference span',
  span: 'text',
  languageDeclaration: 'descriptiveNote?',
  cpfDescription: 'identity description? relations? alternativeSet?',
  identity: 'entityType (nameEntry|nameEntrySet)+ otherEntityTypes? identityId* descriptiveNote?',
  entityType: '',
  nameEntry: 'part+ useDates*',
  part: 'text',
  useDates: DATES,
  identityId: 'text',
  description:
    'functions? languagesUsed? legalStatuses? localDescriptions? mandates? occupations? places? (biogHist|existDates|generalContext|structureOrGenealogy)*',
  legalStatuses: 'legalStatus+ descriptiveNote?',
  legalStatus: SINGLE,
  localDescriptions: 'localDescription+ descriptiveNote?',
  localDescription: SINGLE,
  term: 'text',
  existDates: `${DATES} descriptiveNote?`,
  biogHist: 'head? abstract? (list|p|chronList)*',
  chronList: 'chronItem+',
  chronItem: `${DATES} (event place?|chronItemSet+) reference*`,
  event: 'mixed reference span',
  relations: 'relation+ descriptiveNote?',
  relation: `targetEntity ${DATES}? (place|relationType|targetRole)* descriptiveNote? objectXMLWrap?`,
  targetEntity: 'part+',
  relationType: 'text',
  date: 'text',
  dateRange: '(fromDate toDate?|toDate)',
  dateSet: '(date|dateRange) (date|dateRange)+',
  fromDate: 'text',
  toDate: 'text',
};

const REQUIRED: Readonly<Record<string, readonly string[]>> = {
  control: ['maintenanceStatus'],
  maintenanceEvent: ['maintenanceEventType'],
  agent: ['agentType'],
  entityType: ['value'],
  languageDeclaration: ['languageCode'],
  targetEntity: ['targetType'],
};

const NMTOKEN = /^[\w.:-]+$/;
const TOKEN = /^\S(?:.*\S)?$/;
const NCNAME = /^[A-Za-z_][\w.-]*$/;
const REFERENCES = /^[A-Za-z_][\w.-]*(?: [A-Za-z_][\w.-]*)*$/;
const MOMENT = /^\d{4}(-\d{2}){0,2}$/;

/** Attributes by name, and by element where the schema has values for it. */
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  id: NCNAME,
  target: REFERENCES,
  sourceReference: REFERENCES,
  localType: TOKEN,
  linkTitle: TOKEN,
  standardDate: TOKEN,
  notBefore: TOKEN,
  notAfter: TOKEN,
  certainty: NMTOKEN,
  languageCode: NMTOKEN,
  standardDateTime: MOMENT,
  lastDateTimeVerified: MOMENT,
  href: /^\S*$/,
  valueURI: /^\S*$/,
  languageEncoding: /^(iso639-1|iso639-2b|iso639-3|ietf-bcp-47|otherLanguageEncoding)$/,
  dateEncoding: /^(iso8601|otherDateEncoding)$/,
  maintenanceStatus: /^(revised|deleted|new|deletedSplit|deletedMerged|deletedReplaced|cancelled|derived)$/,
  publicationStatus: /^(approved|published|inProcess)$/,
  maintenanceEventType: /^(cancelled|created|deleted|derived|revised|unknown|updated)$/,
  agentType: /^(human|machine|unknown)$/,
  value: /^(corporateBody|person|family)$/,
  targetType: /^(agent|corporateBody|person|family|function|resource)$/,
  'nameEntry status': /^(authorized|alternative)$/,
  'fromDate status': /^unknown$/,
  'toDate status': /^(ongoing|unknown)$/,
};

/** What the schema, and the Schematron rules published with it, find wrong with a record; none when it is valid. */
export function againstEac(root: Element): string[] {
  const wrong: string[] = [];
  const ids = new Map<string, Element>();
  const elements: Element[] = [];
  const walk = (node: Element) => {
    elements.push(node);
    for (const child of childrenOf(node)) walk(child);
  };
  walk(root);
  if (root.localName !== 'eac') wrong.push(`the root is ${root.localName}`);
  for (const node of elements) {
    const name = node.localName ?? '';
    if (node.namespaceURI !== NAMESPACE) wrong.push(`${name} is of ${node.namespaceURI}`);
    const id = node.getAttribute('id');
    if (id && ids.has(id)) wrong.push(`two elements are ${id}`);
    if (id) ids.set(id, node);
    wrong.push(...contentProblems(node, name));
    for (const required of REQUIRED[name] ?? [])
      if (!node.hasAttribute(required)) wrong.push(`${name} has no ${required}`);
    for (const { name: key, value } of node.attributes) {
      if (key === 'xmlns') continue;
      const pattern = ATTRIBUTES[`${name} ${key}`] ?? ATTRIBUTES[key];
      if (!pattern?.test(value)) wrong.push(`${name} ${key}="${value}"`);
    }
  }
  const [control] = childrenOf(root, 'control');
  for (const node of elements) {
    for (const one of node.getAttribute('target')?.split(' ') ?? [])
      if (!ids.has(one)) wrong.push(`${node.localName} points to ${one}, which is nothing`);
    for (const one of node.getAttribute('sourceReference')?.split(' ') ?? [])
      if (!['source', 'citedRange'].includes(ids.get(one)?.localName ?? '')) wrong.push(`${one} is no source`);
    for (const key of ['standardDate', 'notBefore', 'notAfter']) {
      const value = node.getAttribute(key);
      if (value && control?.getAttribute('dateEncoding') === 'iso8601' && !MOMENT.test(value))
        wrong.push(`${key}="${value}" in ISO 8601`);
    }
  }
  return wrong;
}

function contentProblems(node: Element, name: string): string[] {
  const model = CONTENT[name];
  if (model === undefined) return [`${name} is no element of it`];
  const children = childrenOf(node).map((child) => child.localName ?? '');
  const words = [...node.childNodes].some(({ nodeType, nodeValue }) => nodeType === 3 && nodeValue?.trim() !== '');
  if (model === 'text') {
    const isEmpty = (node.textContent ?? '').trim() === '';
    return [
      ...(children.length > 0 ? [`${name} holds ${children.join()}`] : []),
      ...(isEmpty && (name === 'part' || name === 'recordId' || name === 'agencyName') ? [`${name} is empty`] : []),
    ];
  }
  if (model.startsWith('mixed')) {
    const allowed = model.split(' ').slice(1);
    return children.filter((child) => !allowed.includes(child)).map((child) => `${name} holds ${child}`);
  }
  if (words) return [`${name} holds text`];
  const pattern = model.replace(/[A-Za-z]+/g, (word) => `(?:${word},)`).replaceAll(' ', '');
  return new RegExp(`^${pattern}$`).test(children.map((child) => `${child},`).join(''))
    ? []
    : [`${name} holds ${children.join(' ')}, not ${model}`];
}
