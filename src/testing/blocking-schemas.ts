/** Blocking schemas as files hold them, of one column by its number or name; `changes` of their configuration. */
type Feature = number | string;

export const pSigSchema = (feature: Feature, changes: object = {}) => ({
  type: 'p-sig',
  version: 1,
  config: {
    'blocking-features': [feature],
    filter: { type: 'ratio', max: 1, min: 0 },
    'blocking-filter': { type: 'bloom filter', 'number-hash-functions': 3, 'bf-len': 64 },
    signatureSpecs: [[{ type: 'feature-value', feature }]],
    ...changes,
  },
});

export const lambdaFoldSchema = (feature: Feature, changes: object = {}) => ({
  type: 'lambda-fold',
  version: 1,
  config: {
    'blocking-features': [feature],
    Lambda: 2,
    'bf-len': 64,
    'num-hash-funcs': 2,
    K: 3,
    'input-clks': false,
    random_state: 0,
    ...changes,
  },
});
