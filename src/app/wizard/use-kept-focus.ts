import { type RefObject, useEffect, useRef } from 'react';

/**
 * Gives a heading the focus where what had it beside or below the heading is taken away, as a button is once it has done its work:
 * whoever works by keyboard or hears the page would begin anew at its top otherwise. The page does not scroll.
 *
 * Looks after every render of the component that calls it; parts that render by themselves are not seen.
 */
export function useKeptFocus(heading: RefObject<HTMLElement | null>, wanted: boolean): void {
  const focused = useRef<Element>(null);
  useEffect(() => {
    const remember = ({ target }: FocusEvent) => {
      focused.current = target instanceof Element && heading.current?.parentElement?.contains(target) ? target : null;
    };
    document.addEventListener('focusin', remember);
    return () => document.removeEventListener('focusin', remember);
  }, [heading]);
  useEffect(() => {
    if (!wanted || focused.current === null || focused.current.isConnected) return;
    focused.current = null;
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  });
}
