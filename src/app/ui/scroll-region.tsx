import { type ReactNode, type RefObject, useCallback, useEffect, useRef, useState } from 'react';

interface ScrollRegionProps {
  /** Name of the region. */
  readonly label: string;
  readonly maxHeight?: number | undefined;
  /** For who has to know the element that scrolls. */
  readonly frame?: RefObject<HTMLElement | null>;
  readonly children: ReactNode;
}

/** What is too wide for the page scrolls in here, by keyboard too, and a shadow tells that there is more at the right. */
export function ScrollRegion({ label, maxHeight, frame, children }: ScrollRegionProps) {
  const own = useRef<HTMLElement>(null);
  const region = frame ?? own;
  const [more, setMore] = useState(false);
  const look = useCallback(() => {
    const { scrollLeft, clientWidth, scrollWidth } = region.current ?? {
      scrollLeft: 0,
      clientWidth: 0,
      scrollWidth: 0,
    };
    setMore(scrollWidth - clientWidth - scrollLeft > 1);
  }, [region]);
  useEffect(() => {
    const observer = new ResizeObserver(look);
    if (region.current) observer.observe(region.current);
    for (const child of region.current?.children ?? []) observer.observe(child);
    return () => observer.disconnect();
  }, [look, region]);
  return (
    <div className="scroll-frame" data-more={more}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      <section ref={region} onScroll={look} style={{ overflow: 'auto', maxHeight }} tabIndex={0} aria-label={label}>
        {children}
      </section>
    </div>
  );
}
