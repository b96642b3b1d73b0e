import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { writeAtomically } from '../src/record/atomic.ts';
import { recordJsonSchemaText } from '../src/record/json-schema.ts';
import { lessonJsonSchemaText } from '../src/record/lessons.ts';

const SCHEMAS = [
  { file: 'events/schema.json', text: recordJsonSchemaText() },
  { file: 'events/lessons/schema.json', text: lessonJsonSchemaText() },
];

for (const { file, text } of SCHEMAS) {
  const path = fileURLToPath(new URL(`../${file}`, import.meta.url));
  const kept = await readFile(path, 'utf8').catch(() => undefined);
  if (kept === text) continue;
  if (process.argv.includes('--check')) {
    console.error(`${file} is not what the code says: run npm run schema`);
    process.exitCode = 1;
  } else {
    await writeAtomically(path, text);
  }
}
