import { AskedWrongly } from '../machine/errors.ts';
import type { Machine } from '../machine/machine.ts';
import { didYouMean } from '../record/near.ts';
import type { Context } from './command.ts';

/** The milestone meant: its slug, one of its events, or words of its slug or title that only one has. */
export function milestoneTyped(ctx: Context, machine: Machine, typed: string): string {
  const known = machine.milestones();
  const slug = typed.trim().split('/')[0] ?? '';
  if (known.some(({ milestone }) => milestone === slug)) return slug;
  const words = typed
    .toLowerCase()
    .split(/[\s-]+/)
    .filter(Boolean);
  const fitting = known.filter(({ milestone, title }) =>
    words.every((word) => `${milestone} ${title}`.toLowerCase().includes(word)),
  );
  const [only] = fitting;
  if (fitting.length === 1 && only) {
    ctx.note(`“${typed}” taken as ${only.milestone} (${only.title})`);
    return only.milestone;
  }
  if (fitting.length > 1) {
    const shown = fitting.slice(0, 12).map(({ milestone, title }) => `  ${milestone}  ${title}`);
    throw new AskedWrongly(
      `“${typed}” may mean any of ${fitting.length} milestones`,
      [
        'choose one:',
        ...shown,
        ...(fitting.length > 12 ? [`  … and ${fitting.length - 12} more; see: stood replay`] : []),
      ].join('\n'),
    );
  }
  const meant = didYouMean(
    slug,
    known.map(({ milestone }) => milestone),
  );
  throw new AskedWrongly(
    `there is no milestone “${typed}”`,
    `${meant ? `${meant} ` : ''}“stood replay” lists them all`,
  );
}
