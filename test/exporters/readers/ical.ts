import ICAL from 'ical.js';
import type { Reader, Recovered } from './index.ts';
import { textOf } from './index.ts';

/** Read by ical.js: properties of the calendar and of its entries. */
export const readIcal: Reader = (output) => {
  const calendar = new ICAL.Component(ICAL.parse(textOf(output)) as unknown[]);
  const facts: Recovered[] = [];
  const ours = (
    component: InstanceType<typeof ICAL.Component>,
    record: string,
    fields: Readonly<Record<string, string>>,
  ) => {
    for (const [name, field] of Object.entries(fields)) {
      const value = component.getFirstPropertyValue(`x-stood-${name}`);
      if (value !== null) facts.push({ record, field, value: String(value) });
    }
  };
  ours(calendar, 'answer', {
    edition: 'answer.edition',
    clocks: 'answer.clocks',
    selection: 'answer.selection',
    coverage: 'answer.coverage',
    notes: 'answer.notes',
  });
  const milestones = new Map<string, readonly string[]>();
  for (const entry of calendar.getAllSubcomponents('vevent')) {
    const record = String(entry.getFirstPropertyValue('uid')).replace(/@as-it-stood$/, '');
    const start = entry.getFirstPropertyValue('dtstart');
    facts.push({ record, field: 'event.date', value: String(start) });
    facts.push({ record, field: 'event.sentence', value: String(entry.getFirstPropertyValue('summary')) });
    ours(entry, record, {
      type: 'event.type',
      milestone: 'event.milestone',
      basis: 'event.basis',
      sources: 'event.sources',
      because: 'event.because',
      confidence: 'event.confidence',
      'public-from': 'event.publicFrom',
      recorded: 'event.recorded',
    });
    const categories = entry.getAllProperties('categories').map((one) => String(one.getFirstValue()));
    milestones.set(String(entry.getFirstPropertyValue('x-stood-milestone')), categories);
  }
  for (const [record, [title = '', ...themes]] of milestones) {
    facts.push({ record, field: 'milestone.title', value: title });
    facts.push({ record, field: 'milestone.themes', value: themes.join('; ') });
  }
  return facts;
};
