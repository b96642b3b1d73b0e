import { describe, expect, it } from 'vitest';
import { fences, read } from './project.ts';

describe('the README sets a newcomer up in two lines', () => {
  const setUp = fences('README.md')
    .flatMap(({ text }) => text.split('\n'))
    .filter((line) => /\bnpm (ci|i|install)\b/.test(line));

  it('one that installs and opens the record, and one that installs and runs the tests', () => {
    expect(setUp).toEqual(['npm ci && npm start', 'npm ci && npm test']);
  });

  it('begins with a working command', () => {
    const [first] = fences('README.md');
    expect(first?.text).toBe(setUp[0]);
    expect(first?.line).toBeLessThan(5);
  });

  it('and CI runs the second, exactly', () => {
    const commands = read('.ci/run')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(commands).toEqual(['set -euo pipefail', 'cd "$(dirname "$0")/.."', setUp[1]]);
  });

  it('carries the attributions that the licences ask for, and NOTICE does too', () => {
    for (const page of ['README.md', 'NOTICE']) {
      const text = read(page).replace(/\s+/g, ' ');
      expect(text).toContain('Office for National Statistics licensed under the Open Government Licence v.3.0');
      expect(text).toContain('Contains OS data © Crown copyright and database right');
      expect(text).toContain(
        'information from NHS England (Organisation Data Service), licensed under the Open Government Licence v3.0',
      );
      expect(text).toContain('Open Parliament Licence');
      expect(text).toMatch(/not affiliated with/i);
    }
  });
});
