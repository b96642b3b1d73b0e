import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeAtomically } from '../src/record/atomic.ts';
import { recordJsonSchemaText } from '../src/record/json-schema.ts';

const path = fileURLToPath(new URL('../events/schema.json', import.meta.url));
const text = recordJsonSchemaText();
const kept = await readFile(path, 'utf8').catch(() => undefined);

if (process.argv.includes('--check')) {
  if (kept !== text) {
    console.error('events/schema.json is not what the vocabulary says: run npm run schema');
    process.exitCode = 1;
  }
} else if (kept !== text) {
  await writeAtomically(path, text);
}
