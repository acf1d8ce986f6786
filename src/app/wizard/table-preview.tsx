import { Table } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, type RefObject, useRef } from 'react';
import type { TableSummary } from '../../table/table.ts';
import { t } from '../../words/translate.ts';
import { ScrollRegion } from '../ui/scroll-region.tsx';
import { useLanguage } from '../ui/use-language.ts';

/** With more columns only those in sight are drawn, all of one width. */
const MANY = 40;
const WIDTH = 150;
const SPARE_COLUMNS = 6;
/** Letters of a value; a cell may hold a million. */
const MAX_LENGTH = 200;

/** The first rows as they were read. Scrolls sideways on its own. */
export const TablePreview = memo(function TablePreview({ summary }: { readonly summary: TableSummary }) {
  useLanguage();
  const frame = useRef<HTMLElement>(null);
  const isWide = summary.columns.length > MANY;
  return (
    <ScrollRegion frame={frame} label={t('First rows of {{file}}', { file: summary.name })}>
      {isWide ? (
        <WidePreview summary={summary} frame={frame} />
      ) : (
        <PreviewTable summary={summary} shown={[...summary.columns.keys()]} before={0} after={0} />
      )}
    </ScrollRegion>
  );
});

interface WidePreviewProps {
  readonly summary: TableSummary;
  readonly frame: RefObject<HTMLElement | null>;
}

function WidePreview({ summary, frame }: WidePreviewProps) {
  const columns = useVirtualizer({
    horizontal: true,
    count: summary.columns.length,
    getScrollElement: () => frame.current,
    estimateSize: () => WIDTH,
    overscan: SPARE_COLUMNS,
  });
  const shown = columns.getVirtualItems();
  return (
    <PreviewTable
      summary={summary}
      shown={shown.map(({ index }) => index)}
      before={shown[0]?.start ?? 0}
      after={columns.getTotalSize() - (shown.at(-1)?.end ?? 0)}
      width={WIDTH}
    />
  );
}

interface PreviewTableProps {
  readonly summary: TableSummary;
  /** Columns drawn, and the room of those before and after them. */
  readonly shown: readonly number[];
  readonly before: number;
  readonly after: number;
  readonly width?: number;
}

function PreviewTable({ summary: { columns, preview }, shown, before, after, width }: PreviewTableProps) {
  const fixed = width === undefined ? undefined : { minWidth: width, maxWidth: width, overflow: 'hidden' };
  const cell = { whiteSpace: 'nowrap', textOverflow: 'ellipsis', ...fixed } as const;
  const room = (size: number) =>
    size > 0 ? <Table.Td p={0} style={{ minWidth: size, width: size }} aria-hidden /> : null;
  return (
    <Table
      withTableBorder
      withColumnBorders
      striped
      fz="sm"
      aria-label={t('Preview')}
      aria-colcount={columns.length}
      captionSide="top"
      style={width === undefined ? undefined : { width: columns.length * width }}
    >
      <Table.Thead>
        <Table.Tr>
          {room(before)}
          {shown.map((c) => (
            <Table.Th key={columns[c]?.name} scope="col" aria-colindex={c + 1} style={cell}>
              {columns[c]?.name}
            </Table.Th>
          ))}
          {room(after)}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {preview.map((row, r) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows of a file have no name but their number
          <Table.Tr key={r}>
            {room(before)}
            {shown.map((c) => (
              <Table.Td key={columns[c]?.name} aria-colindex={c + 1} style={cell}>
                {(row[c] ?? '').slice(0, MAX_LENGTH)}
              </Table.Td>
            ))}
            {room(after)}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
