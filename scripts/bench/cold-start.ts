import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median, ms } from './measure.ts';
import type { Section } from './section.ts';

const RUNS = 15;
const MOST_TIMES = 3;
const COMMAND = fileURLToPath(new URL('../../dist/bin/stood.js', import.meta.url));

function milliseconds(args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const taken = performance.now() - start;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr.slice(0, 500)}`);
  return taken;
}

/** The built command from a cold start, beside a Node that does nothing. */
export const coldStart: Section = {
  name: 'cold-start',
  title: 'Cold start',
  async run(_options, say) {
    if (!existsSync(COMMAND)) {
      const message = 'Skipped: the command is not built (`npm run build` builds it).';
      say(message);
      return { markdown: message, data: { skipped: true }, problems: [] };
    }
    const asked = [COMMAND, 'on', '2013-04-01'];
    const nothing = ['-e', '0'];
    milliseconds(asked);
    milliseconds(nothing);
    const [ours, node]: [number[], number[]] = [[], []];
    for (let run = 0; run < RUNS; run++) {
      ours.push(milliseconds(asked));
      node.push(milliseconds(nothing));
    }
    const [answer, floor] = [median(ours), median(node)];
    const ratio = answer / floor;
    const markdown = [
      `\`stood on 2013-04-01\` takes ${ms(answer)} ms from a cold start, \`node -e 0\` ${ms(floor)} ms: ${ratio.toFixed(2)} times as long`,
      `(medians of ${RUNS}, taken in turn; target: at most ${MOST_TIMES} times${ratio <= MOST_TIMES ? ', met' : ', missed'}).`,
    ].join('\n');
    return { markdown, data: { milliseconds: answer, nodeMilliseconds: floor, ratio, runs: RUNS }, problems: [] };
  },
};
