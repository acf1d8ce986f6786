import { type RefCallback, useCallback, useState } from 'react';

/** Width of a chart in a file, in pixels, and where there is no width: in a closed fold, of which paper shows the chart all the same. */
export const FILE_WIDTH = 640;

interface ChartWidth {
  /** Of the element that the chart is to fill. */
  readonly ref: RefCallback<HTMLElement>;
  /** Pixels; undefined until the element is there. */
  readonly width: number | undefined;
}

/** How wide a chart can be. Charts take long to draw, so none is drawn before this is known. */
export function useChartWidth(): ChartWidth {
  const [width, setWidth] = useState<number>();
  const ref = useCallback((element: HTMLElement | null) => {
    if (element === null) return;
    const measure = () => {
      const measured = Math.floor(element.getBoundingClientRect().width);
      setWidth((before) => (measured > 0 ? measured : (before ?? FILE_WIDTH)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return { ref, width };
}
