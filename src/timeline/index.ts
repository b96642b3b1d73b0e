export { TimelineBytesError } from './bytes.ts';
export { begins, ends, has, is, lacks } from './change.ts';
export { createTimeline, type Timeline, timelineFromBytes } from './timeline.ts';
export {
  type Certainty,
  type Change,
  type Entry,
  EXISTS,
  type Knowledge,
  type Moment,
  type Scalar,
  type TimedEvent,
} from './types.ts';
