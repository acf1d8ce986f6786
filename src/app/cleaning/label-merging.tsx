import { Button, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CleaningStep } from '../../table/cleaning.ts';
import type { LabelCount } from '../../table/group-labels.ts';
import type { LabelMerge } from '../../table/label-merges.ts';
import { counted, inQuotes, numberWords } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import type { CleaningProps } from './cleaning-props.ts';
import { listedValues } from './listed-values.ts';

interface LabelMergingProps extends CleaningProps {
  readonly name: string;
  readonly column: number;
  add(step: CleaningStep): void;
}

/** Labels shown to choose from; a column with more is no grouping. */
const SHOWN = 40;

/** Labels that mean the same become one: those that look alike are proposed, others are named by hand. */
export function LabelMerging({ name, column, party, state, add }: LabelMergingProps) {
  const { steps, busy } = state.cleaning;
  const [labels, setLabels] = useState<readonly LabelCount[]>();
  const [merges, setMerges] = useState<readonly LabelMerge[]>([]);
  const file = state.file.kind === 'ready' ? state.file.summary : undefined;
  useEffect(() => {
    let current = file !== undefined;
    void Promise.all([party.labels(column), party.likelyMerges(column)]).then(([found, likely]) => {
      if (!current) return;
      setLabels(found);
      setMerges(likely);
    });
    return () => {
      current = false;
    };
  }, [party, column, file]);
  if (labels === undefined || labels.length > 500) return null;
  const shown = labels
    .slice(0, SHOWN)
    .map(({ label, rows }) => `${label} (${numberWords(rows)})`)
    .join(', ');
  return (
    <Stack gap="xs">
      <Text className="figures">
        {counted(labels.length, 'label')}: {labels.length > SHOWN ? t('{{labels}} and more', { labels: shown }) : shown}
      </Text>
      {merges.length > 0 && (
        <List spacing="xs" aria-label={t('Labels of {{name}} that look alike', { name })}>
          {merges.map(({ from, into }) => (
            <List.Item key={into.label}>
              <Proposal name={name} from={from} into={into} busy={busy} add={add} />
            </List.Item>
          ))}
        </List>
      )}
      <MergeForm name={name} busy={busy} add={add} key={steps.length} />
    </Stack>
  );
}

interface ProposalProps extends LabelMerge {
  readonly name: string;
  readonly busy: boolean;
  add(step: CleaningStep): void;
}

const labelWords = ({ label, rows }: LabelCount) => `${inQuotes(label)} (${counted(rows, 'row')})`;

function Proposal({ name, from, into, busy, add }: ProposalProps) {
  const words = from.map(labelWords).join(', ');
  return (
    <Group gap="sm">
      <Text component="span">
        {from.length === 1
          ? t('{{labels}} looks like {{label}}', { labels: words, label: labelWords(into) })
          : t('{{labels}} look like {{label}}', { labels: words, label: labelWords(into) })}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        disabled={busy}
        aria-label={t('Merge into {{label}}', { label: into.label })}
        onClick={() => add({ kind: 'merge', column: name, from: from.map(({ label }) => label), into: into.label })}
      >
        {t('Merge')}
      </Button>
    </Group>
  );
}

/** Labels named by hand that become one. */
export function MergeForm({ name, busy, add }: Pick<ProposalProps, 'name' | 'busy' | 'add'>) {
  const [from, setFrom] = useState('');
  const [into, setInto] = useState('');
  const labels = listedValues(from);
  return (
    <Group align="end">
      <TextInput
        label={t('Labels of {{name}} to merge', { name })}
        description={t('Separated by semicolons. One that holds a semicolon goes into quotes.')}
        value={from}
        onChange={({ currentTarget: { value } }) => setFrom(value)}
      />
      <TextInput
        label={t('New label of {{name}}', { name })}
        value={into}
        onChange={({ currentTarget: { value } }) => setInto(value)}
      />
      <Button
        variant="default"
        disabled={busy || labels.length === 0 || into.trim() === ''}
        onClick={() => add({ kind: 'merge', column: name, from: labels, into: into.trim() })}
      >
        {t('Merge labels')}
      </Button>
    </Group>
  );
}
