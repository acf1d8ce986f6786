import { Button, Group, List, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import type { CleaningStep } from '../../table/cleaning.ts';
import type { LabelCount } from '../../table/group-labels.ts';
import type { LabelMerge } from '../../table/label-merges.ts';
import { counted, numberWords } from '../../words/format.ts';
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
  return (
    <Stack gap="xs">
      <Text className="figures">
        {counted(labels.length, 'label')}:{' '}
        {labels
          .slice(0, SHOWN)
          .map(({ label, rows }) => `${label} (${numberWords(rows)})`)
          .join(', ')}
        {labels.length > SHOWN ? ' and more' : ''}
      </Text>
      {merges.length > 0 && (
        <List spacing="xs" aria-label={`Labels of ${name} that look alike`}>
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

function Proposal({ name, from, into, busy, add }: ProposalProps) {
  const words = from.map(({ label, rows }) => `“${label}” (${counted(rows, 'row')})`).join(', ');
  return (
    <Group gap="sm">
      <Text component="span">
        {words} {from.length === 1 ? 'looks' : 'look'} like “{into.label}” ({counted(into.rows, 'row')})
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        disabled={busy}
        aria-label={`Merge into ${into.label}`}
        onClick={() => add({ kind: 'merge', column: name, from: from.map(({ label }) => label), into: into.label })}
      >
        Merge
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
        label={`Labels of ${name} to merge`}
        description="Parted by semicolons."
        value={from}
        onChange={({ currentTarget: { value } }) => setFrom(value)}
      />
      <TextInput
        label={`New label of ${name}`}
        value={into}
        onChange={({ currentTarget: { value } }) => setInto(value)}
      />
      <Button
        variant="default"
        disabled={busy || labels.length === 0 || into.trim() === ''}
        onClick={() => add({ kind: 'merge', column: name, from: labels, into: into.trim() })}
      >
        Merge labels
      </Button>
    </Group>
  );
}
