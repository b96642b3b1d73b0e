export { TimelineBytesError } from './bytes.ts';
export { begins, ends, has, is, lacks } from './change.ts';
export {
  type Count,
  type CountAt,
  createTimeline,
  type Group,
  type Selection,
  type Timeline,
  type TimelineStats,
  timelineFromBytes,
} from './timeline.ts';
export {
  type Bearer,
  type Boundary,
  type Certainty,
  type Change,
  type Entry,
  EXISTS,
  type Held,
  type Knowledge,
  type Moment,
  type Scalar,
  type TimedEvent,
} from './types.ts';
