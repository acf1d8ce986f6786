import { List, Stack, Text, Title } from '@mantine/core';
import type { Agreement } from '../../agreement/agreement.ts';
import { agreementClauses } from '../party/plain.ts';
import { ScrollTable } from '../ui/scroll-table.tsx';

interface AgreementTextProps {
  readonly agreement: Agreement;
  readonly hash: string | undefined;
}

/** The agreement as both people read it. */
export function AgreementText({ agreement, hash }: AgreementTextProps) {
  return (
    <Stack gap="md">
      {agreementClauses(agreement).map(({ title, sentences, table }) => (
        <div key={title}>
          <Title order={4} size="h5" mb={4}>
            {title}
          </Title>
          <List spacing={4} style={{ overflowWrap: 'anywhere' }}>
            {sentences.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
          {table && (
            <div style={{ maxWidth: '36rem', marginTop: 'var(--mantine-spacing-xs)' }}>
              <ScrollTable
                label={table.title}
                heads={table.heads}
                figures={[1, 2]}
                rows={table.rows.map((cells) => ({ key: cells[0] ?? '', cells }))}
              />
            </div>
          )}
        </div>
      ))}
      {hash !== undefined && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          Fingerprint of this agreement (SHA-256): {hash}
        </Text>
      )}
    </Stack>
  );
}

/** The agreement folded, where it has done its work; on paper it is unfolded. */
export function AgreementDetails(props: AgreementTextProps) {
  return (
    <details style={{ maxWidth: '100%' }}>
      <summary>The agreement</summary>
      <Stack mt="xs">
        <AgreementText {...props} />
      </Stack>
    </details>
  );
}
