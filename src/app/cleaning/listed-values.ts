/** A value with what ends it. In quotes, it may hold a semicolon. */
const VALUE = /\s*("[^"]*;[^"]*"|[^;]*?)\s*(?:;|$)/gy;

/** Values that a person typed, separated by semicolons; blanks around them go, and quotes that keep a semicolon inside. */
export function listedValues(text: string): string[] {
  const values = [...text.matchAll(VALUE)].map(([, value = '']) => value.replace(/^"([^"]*;[^"]*)"$/, '$1'));
  return [...new Set(values)].filter((value) => value !== '');
}
