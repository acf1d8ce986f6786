import type { ReactNode } from 'react';
import type { ChartColours } from './chart-frame.tsx';

interface PlotProps {
  /** Read out, and shown where the pointer rests. */
  readonly label: string;
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** Pixels left free at the left. */
  readonly side: number;
  readonly colours: ChartColours;
  /** Name of the pattern for what is hidden, of its own in each plot of a page; drawn with {@link hatched}. */
  readonly hatch?: string;
  readonly children: ReactNode;
}

/** A drawing that is a file of its own as well: its ground, its type, and the pattern for what is hidden. */
export function Plot({ label, width, height, side, colours, hatch, children }: PlotProps) {
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      fontFamily='system-ui, "Segoe UI", Roboto, Arial, sans-serif'
      fontSize={12}
    >
      <title>{label}</title>
      {hatch !== undefined && (
        <defs>
          <pattern id={hatch} width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <line x1="0" y1="0" x2="0" y2="6" stroke={colours.quiet} strokeWidth="2" />
          </pattern>
        </defs>
      )}
      {colours.ground && <rect width={width} height={height} fill={colours.ground} />}
      <g transform={`translate(${side} 0)`}>{children}</g>
    </svg>
  );
}

/** The fill of what is hidden. */
export const hatched = (hatch: string) => `url(#${hatch})`;
