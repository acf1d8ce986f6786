import { NativeSelect, SimpleGrid, Stack, Text, Title } from '@mantine/core';
import { FIELD_TYPE_RULES } from '../../keys/field-types.ts';
import { inQuotes } from '../../words/format.ts';
import { t } from '../../words/translate.ts';
import { columnsOf } from '../party/bindings.ts';
import type { FieldColumn } from '../party/state.ts';
import type { StepProps } from './step-props.ts';

const UNDECIDED = '';
const NONE = 'none';

function toValue(column: FieldColumn): string {
  if (column === undefined) return UNDECIDED;
  return column === null ? NONE : String(column);
}

function fromValue(value: string): FieldColumn {
  if (value === UNDECIDED) return undefined;
  return value === NONE ? null : Number(value);
}

/** Researcher: which column of the list holds each of the owner's fields. Shown once the fields and the list are known. */
export function FieldColumns({ party, state }: StepProps) {
  const fields = state.negotiation?.terms?.fields ?? [];
  const columns = columnsOf(state);
  if (state.role !== 'researcher' || fields.length === 0 || columns.length === 0) return null;
  const absent = fields.filter((_, i) => state.fieldColumns[i] === null).map((f) => inQuotes(f.name));
  return (
    <Stack gap="sm">
      <Title order={3} size="h4">
        {t('The data owner matches by these fields')}
      </Title>
      <Text c="dimmed">{t('Say where each is in your list. Names that are alike are filled in already.')}</Text>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }}>
        {fields.map((field, i) => (
          <NativeSelect
            key={field.name}
            label={t('Column for {{name}}', { name: field.name })}
            description={t('The owner’s are {{kind}}', { kind: t(FIELD_TYPE_RULES[field.type].words) })}
            value={toValue(state.fieldColumns[i])}
            onChange={({ currentTarget: { value } }) => party.setFieldColumn(i, fromValue(value))}
            data={[
              { value: UNDECIDED, label: t('Choose a column') },
              ...columns.map(({ name }, c) => ({ value: String(c), label: name })),
              { value: NONE, label: t('Not in my list') },
            ]}
          />
        ))}
      </SimpleGrid>
      {absent.length > 0 && (
        <Text>
          {absent.length === 1
            ? t('Without {{fields}} fewer of your people will be found: bands that use it cannot agree.', {
                fields: absent.join(', '),
              })
            : t('Without {{fields}} fewer of your people will be found: bands that use them cannot agree.', {
                fields: absent.join(', '),
              })}
        </Text>
      )}
    </Stack>
  );
}
