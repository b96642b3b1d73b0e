import { dayInWords } from '../../time/words.ts';
import type { CoverageSpan } from '../types.ts';
import { push } from './context.ts';
import type { Finding, Rule } from './rule.ts';

/** The spans of one kind or status leave days out, or claim days twice. */
export const coverageGapOrOverlap: Rule = {
  name: 'coverage-gap-or-overlap',
  summary: 'The coverage declared for one kind or status has a gap, or claims the same days twice.',
  severity: 'error',
  check: ({ record }) => {
    const byKind = new Map<string, CoverageSpan[]>();
    for (const span of record.coverage) push(byKind, span.of, span);
    return [...byKind.values()].flatMap((spans) => {
      const sorted = [...spans].sort((a, b) => a.from - b.from);
      return sorted.flatMap((span, i): Finding[] => {
        const before = sorted[i - 1];
        if (before === undefined || before.to === span.from) return [];
        if (before.to > span.from)
          return [
            {
              ...span.place,
              message: `${span.of}: this span begins on ${dayInWords(span.from)}, but one before it runs to ${dayInWords(before.to - 1)}`,
              hint: 'let each span begin on the day on which the one before it ends',
            },
          ];
        return [
          {
            ...span.place,
            message: `${span.of}: nothing covers ${dayInWords(before.to)} to ${dayInWords(span.from - 1)}`,
            hint: 'let each span begin on the day on which the one before it ends; say partial where little is known',
          },
        ];
      });
    });
  },
  example: {
    bad: {
      'coverage.yaml': `
- { of: integrated-care-board, from: 2022-07-01, to: 2024-04-01, completeness: complete, sources: [a-source] }
- ▶{ of: integrated-care-board, from: 2025-04-01, to: 2026-11-21, completeness: complete, sources: [a-source] }
`,
    },
    good: {
      'coverage.yaml': `
- { of: integrated-care-board, from: 2022-07-01, to: 2024-04-01, completeness: complete, sources: [a-source] }
- { of: integrated-care-board, from: 2024-04-01, to: 2026-11-21, completeness: partial, sources: [a-source] }
`,
    },
  },
};
