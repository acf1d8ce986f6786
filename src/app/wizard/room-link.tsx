import { Stack, Text } from '@mantine/core';
import { useMemo } from 'react';
import { encode } from 'uqr';
import { t } from '../../words/translate.ts';
import { LinkField } from '../ui/link-field.tsx';

interface RoomLinkProps {
  readonly link: string;
  /** Who is to open it. */
  readonly other: string;
}

/** The link to send, as text and as a QR code. */
export function RoomLink({ link, other }: RoomLinkProps) {
  return (
    <Stack gap="md">
      <Text>
        {t(
          'Send this link to the {{other}}, over a channel you trust: it holds a secret that opens this room once. Keep this page open.',
          { other },
        )}
      </Text>
      <LinkField label={t('Room link')} link={link} />
      <QrCode text={link} label={t('QR code for the {{other}} to scan', { other })} />
    </Stack>
  );
}

/** Dark on white in either colour scheme, because many scanners need it. */
function QrCode({ text, label }: { readonly text: string; readonly label: string }) {
  const { size, path } = useMemo(() => {
    const code = encode(text, { border: 2 });
    const squares = code.data.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : [])));
    return { size: code.size, path: squares.join('') };
  }, [text]);
  return (
    <svg
      viewBox={`0 0 ${size} ${size}`}
      width={184}
      height={184}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#10201f" />
    </svg>
  );
}
