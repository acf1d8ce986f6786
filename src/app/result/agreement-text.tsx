import { Button, List, Stack, Text } from '@mantine/core';
import type { Agreement } from '../../agreement/agreement.ts';
import { t } from '../../words/translate.ts';
import { TermList } from '../help/term-list.tsx';
import { agreementSummary } from '../party/agreement-summary.ts';
import { agreementClauses } from '../party/plain.ts';
import type { Clause } from '../party/plain-words.ts';
import { Fold } from '../ui/fold.tsx';
import { ScrollTable } from '../ui/scroll-table.tsx';

interface AgreementTextProps {
  readonly agreement: Agreement;
  readonly hash: string | undefined;
}

/** The agreement as both people read it: on one screen, and clause by clause below. */
export function AgreementText({ agreement, hash }: AgreementTextProps) {
  return (
    <Stack gap="md">
      <dl className="summary">
        {agreementSummary(agreement).map(({ term, sentences }) => (
          <div key={term} style={{ display: 'contents' }}>
            <dt>{term}</dt>
            <dd>
              {sentences.map((sentence) => (
                <div key={sentence}>{sentence}</div>
              ))}
            </dd>
          </div>
        ))}
      </dl>
      <div>
        {agreementClauses(agreement).map((clause) => (
          <Fold key={clause.title} title={clause.title} order={4}>
            <ClauseText clause={clause} />
          </Fold>
        ))}
        <Fold title={t('What these words mean')} order={4}>
          <TermList terms={['match', 'band', 'minhash', 'sealed', 'withheld', 'pseudonym', 'epsilon']} />
        </Fold>
      </div>
      {hash !== undefined && (
        <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
          {t('Fingerprint of this agreement (SHA-256): {{hash}}', { hash })}
        </Text>
      )}
      <Button variant="default" size="xs" onClick={() => print()} style={{ alignSelf: 'start' }}>
        {t('Print')}
      </Button>
    </Stack>
  );
}

function ClauseText({ clause: { sentences, table } }: { readonly clause: Clause }) {
  return (
    <>
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
    </>
  );
}

/** The agreement folded, where it has done its work; on paper it is unfolded. */
export function AgreementDetails(props: AgreementTextProps) {
  return (
    <details style={{ maxWidth: '100%' }}>
      <summary>{t('The agreement')}</summary>
      <Stack mt="xs">
        <AgreementText {...props} />
      </Stack>
    </details>
  );
}
