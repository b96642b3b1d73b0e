import { all, readPicture } from '../../views/pictures/xml.ts';
import { type Reader, textOf } from './index.ts';

/** Read by an XML parser: the description names the edition. */
export const readSvg: Reader = (output) => {
  const description = all(readPicture(textOf(output)), 'desc')[0]?.textContent ?? '';
  const [, edition] = /As It Stood, edition (\S+)\.$/.exec(description) ?? [];
  return edition === undefined ? [] : [{ record: 'answer', field: 'answer.edition', value: edition }];
};
