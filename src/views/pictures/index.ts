export { countsPicture, countsTable } from './counts.ts';
export { englandPicture, englandTable } from './england.ts';
export { type LineageBody, type LineageModel, lineageModel, lineagePicture, lineageTable } from './lineage.ts';
export { PICTURE_CSS } from './style.ts';
export type { Drawing, PictureTable } from './svg.ts';
export { tileMap, tileTable } from './tile-map.ts';
export { TILES } from './tiles.ts';
export {
  TIMELINE_KINDS,
  type TimelineModel,
  type TimelineSpan,
  type TimelineTick,
  timelineModel,
  timelinePicture,
  timelineTable,
} from './timeline.ts';
