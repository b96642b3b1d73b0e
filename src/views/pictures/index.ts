export { countsPicture, countsTable } from './counts.ts';
export { englandPicture, englandStrip, englandTable, generationsOfStrip } from './england.ts';
export { type LineageModel, lineageModel, lineagePicture, lineageTable } from './lineage.ts';
export { PICTURE_CSS } from './style.ts';
export { tileMap, tileTable } from './tile-map.ts';
export { TILES } from './tiles.ts';
export {
  TIMELINE_KINDS,
  type TimelineModel,
  timelineModel,
  timelinePicture,
  timelineStrip,
  timelineTable,
} from './timeline.ts';
