import { type ReactNode, useDeferredValue } from 'react';

/** Drawn in slices once all else is there, so that a long page neither keeps what is on top waiting nor blocks the browser. */
export function Afterwards({ children }: { readonly children: ReactNode }) {
  const isDrawn = useDeferredValue(true, false);
  return isDrawn ? children : null;
}
