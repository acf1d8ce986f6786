import { Button, Group, Text } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import type { ReactElement } from 'react';
import { saveFile } from './save-file.ts';

/** Colours of a chart: the page's own, or ink on paper in a file. */
export interface ChartColours {
  readonly ink: string;
  readonly quiet: string;
  readonly line: string;
  readonly accent: string;
  /** Of the ground: undefined where the page shows through. */
  readonly ground?: string;
}

const PAGE: ChartColours = {
  ink: 'var(--mantine-color-text)',
  quiet: 'var(--mantine-color-dimmed)',
  line: 'var(--blindjoin-line)',
  accent: 'var(--blindjoin-accent)',
};

const PAPER: ChartColours = { ink: '#17262b', quiet: '#4d5a63', line: '#d5dee0', accent: '#12696e', ground: '#ffffff' };

/** Width of a chart in a file, and where it is drawn before the page is measured. */
const FILE_WIDTH = 640;
const WIDEST = 760;

/** Draws an `svg` of this width, in pixels. */
export type DrawChart = (width: number, colours: ChartColours) => ReactElement;

interface ChartFrameProps {
  readonly title: string;
  /** Of the file, without its ending. */
  readonly fileName: string;
  /** Of the button, before `as SVG`. */
  readonly name: string;
  readonly draw: DrawChart;
}

/** A chart as a file of its own, ink on paper. */
export async function chartFile(draw: DrawChart): Promise<string> {
  // Large, and wanted only by those who save a chart.
  const { renderToStaticMarkup } = await import('react-dom/server');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderToStaticMarkup(draw(FILE_WIDTH, PAPER))}\n`;
}

/** A chart in the width there is, with its title and a button to save it. A table beside it says the same. */
export function ChartFrame({ title, fileName, name, draw }: ChartFrameProps) {
  const { ref, width } = useElementSize();
  const save = async () => saveFile(`${fileName}.svg`, 'image/svg+xml', await chartFile(draw));
  return (
    <figure style={{ margin: 0 }}>
      <Text component="figcaption" fw={600} mb="xs">
        {title}
      </Text>
      <div ref={ref} aria-hidden="true" style={{ maxWidth: WIDEST, overflow: 'hidden' }}>
        {width > 0 && draw(Math.floor(width), PAGE)}
      </div>
      <Group mt="xs">
        <Button size="xs" variant="default" onClick={() => void save()}>
          {name} as SVG
        </Button>
      </Group>
    </figure>
  );
}
