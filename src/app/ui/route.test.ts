import { describe, expect, it } from 'vitest';
import { isHome, parseRoute } from './route.ts';

describe('parseRoute', () => {
  it('knows its pages and leads home otherwise', () => {
    expect(parseRoute('').page).toBe('home');
    expect(parseRoute('#/').page).toBe('home');
    expect(parseRoute('#/owner').page).toBe('owner');
    expect(parseRoute('#/nowhere').page).toBe('home');
    expect(['', '#', '#/', '#/nowhere', '#/resear'].map(isHome)).toEqual([true, true, true, false, false]);
  });

  it('keeps the fragment of a room link, for the two roles only', () => {
    expect(parseRoute('#/researcher?room=abc').roomFragment).toBe('#/researcher?room=abc');
    expect(parseRoute('#/researcher').roomFragment).toBeUndefined();
    expect(parseRoute('#/sample?room=abc').roomFragment).toBeUndefined();
  });
});
