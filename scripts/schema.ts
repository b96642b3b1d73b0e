import { fileURLToPath } from 'node:url';
import { writeAtomically } from '../src/record/atomic.ts';
import { recordJsonSchemaText } from '../src/record/json-schema.ts';

await writeAtomically(fileURLToPath(new URL('../events/schema.json', import.meta.url)), recordJsonSchemaText());
