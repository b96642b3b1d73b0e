import { placeNaming, when } from './context.ts';
import type { Finding, Rule } from './rule.ts';

/** In a reorganisation a successor does not exist by the day, or a predecessor did not last until it. */
export const successorAbsentOrLate: Rule = {
  name: 'successor-absent-or-late',
  summary:
    'A successor begins only after the reorganisation or is gone by then, or a predecessor had ended before it or began after it.',
  severity: 'error',
  check: (context) =>
    context.ofType('OrganisationsReorganised').flatMap(({ event, data }) => {
      const { earliest, latest } = event.effective;
      const finding = (id: string, message: string): Finding[] => [
        { ...placeNaming(event, id), message, hint: 'correct one of the two dates, or name another body' },
      ];
      const check = (id: string, role: 'successor' | 'predecessor'): Finding[] => {
        const lives = context.lives(id);
        const first = lives[0];
        if (first === undefined) return [];
        const started = lives.filter(({ begin }) => begin.effective.earliest <= latest);
        if (started.length === 0)
          return finding(id, `the ${role} ${id} begins only ${when(first.begin)} (${first.begin.id})`);
        const gone = (end: typeof event): boolean =>
          role === 'successor' ? end.effective.latest <= earliest : end.effective.latest < earliest;
        const ended = started.map(({ end }) => end);
        if (ended.some((end) => end === undefined || !gone(end))) return [];
        const last = ended.at(-1);
        return last === undefined ? [] : finding(id, `the ${role} ${id} had ended ${when(last)} (${last.id})`);
      };
      return [
        ...data.from.flatMap((id) => check(id, 'predecessor')),
        ...data.to.flatMap((id) => check(id, 'successor')),
      ];
    }),
  example: {
    bad: `
      - { id: example/old, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/darlington, name: Darlington, kind: clinical-commissioning-group }, sources: [a-source] }
      - { id: example/new, type: OrganisationEstablished, effective: 2020-04-02, data: { organisation: ccg/tees-valley, name: Tees Valley, kind: clinical-commissioning-group }, sources: [a-source] }
      - { id: example/merger, type: OrganisationsReorganised, effective: 2020-04-01, data: { from: [ccg/darlington], to: [▶ccg/tees-valley], how: merger }, sources: [a-source] }
      - { id: example/end, type: OrganisationAbolished, effective: 2020-04-01, data: { organisation: ccg/darlington }, sources: [a-source] }`,
    good: `
      - { id: example/old, type: OrganisationEstablished, effective: 2013-04-01, data: { organisation: ccg/darlington, name: Darlington, kind: clinical-commissioning-group }, sources: [a-source] }
      - { id: example/new, type: OrganisationEstablished, effective: 2020-04-01, data: { organisation: ccg/tees-valley, name: Tees Valley, kind: clinical-commissioning-group }, sources: [a-source] }
      - { id: example/merger, type: OrganisationsReorganised, effective: 2020-04-01, data: { from: [ccg/darlington], to: [ccg/tees-valley], how: merger }, sources: [a-source] }
      - { id: example/end, type: OrganisationAbolished, effective: 2020-04-01, data: { organisation: ccg/darlington }, sources: [a-source] }`,
  },
};
