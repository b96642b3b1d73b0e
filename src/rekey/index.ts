export { FileUnreadable, MixedVintages } from './errors.ts';
export { openSource } from './file.ts';
export { REASONS } from './find.ts';
export { POLICIES } from './policies.ts';
export { type RekeyReport, rangeInWords } from './rekey.ts';
export { rekeyFile } from './run.ts';
export { valuesOfFile } from './values.ts';
export { toXkos } from './xkos.ts';
