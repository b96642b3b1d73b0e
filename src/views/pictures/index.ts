export { PICTURE_CSS } from './style.ts';
export type { Drawing, PictureTable } from './svg.ts';
export { tileMap, tileTable } from './tile-map.ts';
export { TILES } from './tiles.ts';
