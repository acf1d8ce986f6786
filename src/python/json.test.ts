import { expect, it } from 'vitest';
import { PythonFloat, pythonFloat, pythonJson } from './json.ts';

/** As Python 3.11 writes them. */
it.each([
  [0.1, '0.1'],
  [1, '1.0'],
  [0, '0.0'],
  [1e-5, '1e-05'],
  [0.0001, '0.0001'],
  [1.5e-7, '1.5e-07'],
  [1e15, '1000000000000000.0'],
  [1e16, '1e+16'],
  [1.2e300, '1.2e+300'],
])('float %d', (value, text) => {
  expect(pythonFloat(value)).toBe(text);
});

it('one line', () => {
  expect(pythonJson({ a: [1, 0.5, new PythonFloat(2)], é: null, b: [], c: {}, d: 'ü"\n', e: true })).toBe(
    '{"a": [1, 0.5, 2.0], "\\u00e9": null, "b": [], "c": {}, "d": "\\u00fc\\"\\n", "e": true}',
  );
});

it('indented, keys of a map in their order', () => {
  expect(
    pythonJson(
      new Map<number, unknown>([
        [2, ['x']],
        [1, []],
      ]),
      4,
    ),
  ).toBe('{\n    "2": [\n        "x"\n    ],\n    "1": []\n}');
});
