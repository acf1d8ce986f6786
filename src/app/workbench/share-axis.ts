import { fixedWords } from '../../words/format.ts';

/** The upright axis of charts from 0 to 1. */
export const SHARE_AXIS = {
  domain: [0, 1],
  ticks: [0, 0.2, 0.4, 0.6, 0.8, 1],
  width: 52,
  tickFormatter: (value: number) => fixedWords(value, 1),
};
