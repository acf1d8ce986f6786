import { Button, Group, Text } from '@mantine/core';
import type { ReactElement } from 'react';
import { t } from '../../words/translate.ts';
import { saveBlob, saveFile } from './save-file.ts';
import { FILE_WIDTH, useChartWidth } from './use-chart-width.ts';

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

/** Ink on paper: of charts in files. */
export const PAPER: ChartColours = {
  ink: '#17262b',
  quiet: '#4d5a63',
  line: '#d5dee0',
  accent: '#12696e',
  ground: '#ffffff',
};

const WIDEST = 760;
/** Of a picture of pixels, to each of the chart. */
const PIXELS = 2;

/** Draws an `svg` of this width, in pixels. */
export type DrawChart = (width: number, colours: ChartColours) => ReactElement;

interface ChartFrameProps {
  readonly title: string;
  /** Of the file, without its ending. */
  readonly fileName: string;
  /** What the buttons say they download. */
  readonly name: string;
  readonly draw: DrawChart;
}

/** A chart as a file of its own, ink on paper. */
export async function chartFile(draw: DrawChart): Promise<string> {
  // Large, and wanted only by those who save a chart.
  const { renderToStaticMarkup } = await import('react-dom/server');
  return `<?xml version="1.0" encoding="UTF-8"?>\n${renderToStaticMarkup(draw(FILE_WIDTH, PAPER))}\n`;
}

/** The same as pixels, twice as fine as on the page. */
async function chartPixels(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(PIXELS * image.width, PIXELS * image.height);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** A chart in the width there is, with its title and buttons to save it. A table beside it says the same. */
export function ChartFrame({ title, fileName, name, draw }: ChartFrameProps) {
  const { ref, width } = useChartWidth();
  const saveSvg = async () => saveFile(`${fileName}.svg`, 'image/svg+xml', await chartFile(draw));
  const savePng = async () => saveBlob(`${fileName}.png`, await chartPixels(await chartFile(draw)));
  return (
    <figure style={{ margin: 0 }}>
      <Text component="figcaption" fw={600} mb="xs">
        {title}
      </Text>
      <div ref={ref} aria-hidden="true" style={{ maxWidth: WIDEST, overflow: 'hidden' }}>
        {width !== undefined && draw(width, PAGE)}
      </div>
      <Group mt="xs">
        <Button
          size="xs"
          variant="default"
          aria-label={t('Download SVG: {{name}}', { name })}
          onClick={() => void saveSvg()}
        >
          {t('Download SVG')}
        </Button>
        <Button
          size="xs"
          variant="default"
          aria-label={t('Download PNG: {{name}}', { name })}
          onClick={() => void savePng()}
        >
          {t('Download PNG')}
        </Button>
      </Group>
    </figure>
  );
}
