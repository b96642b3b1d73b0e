export { openSource } from './file.ts';
export { POLICIES } from './policies.ts';
export type { RekeyReport } from './rekey.ts';
export { rekeyFile } from './run.ts';
export { valuesOfFile } from './values.ts';
