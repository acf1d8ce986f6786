/** Everything that a page keeps or sends in a run, by whom: the places to reload a page at. */
export const EVENTS = [
  ...[
    'secrets',
    'linkage-keys',
    'bundle',
    'tally-keys',
    'label-query',
    'tally-bits',
    'sum',
    'tally-counts',
    'tally-inverses',
  ].map((name) => `owner keeps ${name}`),
  ...['position', 'bundle-answer', 'label-answer', 'tally-sum', 'tally-gate', 'tally-release'].map(
    (kind) => `owner sends ${kind}`,
  ),
  ...[
    'linkage-secret',
    'asked',
    'seen',
    'tally-secret',
    'scores',
    'matched',
    'label-asked',
    'label-answer',
    'bits',
    'tally-sum',
    'tally-gate',
    'tally-release',
  ].map((name) => `researcher keeps ${name}`),
  ...[
    'position',
    'linkage-keys',
    'bundle-query',
    'tally-keys',
    'label-query',
    'tally-bits',
    'tally-counts',
    'tally-inverses',
  ].map((kind) => `researcher sends ${kind}`),
];
/** Happen once for each bundle or answer. */
export const REPEATED = /bundle|sum$|asked|seen/;
