/** Readies the page for paper: light colours whatever the screen has, and nothing folded; both as they were afterwards. */

const SCHEME = 'data-mantine-color-scheme';

export function preparePrints(page: Document): void {
  let restore: (() => void) | undefined;
  const prepare = () => {
    restore ??= onPaper(page);
  };
  const goBack = () => {
    restore?.();
    restore = undefined;
  };
  // Before the pages are counted: what is unfolded later would lie beyond the last one.
  addEventListener('beforeprint', prepare);
  addEventListener('afterprint', goBack);
  const print = matchMedia('print');
  print.addEventListener('change', () => (print.matches ? prepare() : goBack()));
}

/** Returns what undoes it. */
function onPaper(page: Document): () => void {
  const root = page.documentElement;
  const scheme = root.getAttribute(SCHEME);
  const folded = [...page.querySelectorAll<HTMLDetailsElement>('details:not([open])')];
  root.setAttribute(SCHEME, 'light');
  for (const details of folded) details.open = true;
  return () => {
    if (scheme !== null) root.setAttribute(SCHEME, scheme);
    for (const details of folded) details.open = false;
  };
}
