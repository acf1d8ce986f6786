import { Checkbox, NativeSelect, SimpleGrid, Stack, Text } from '@mantine/core';
import { groupingsFor, outcomesFor } from '../../statistics/allowed-choices.ts';
import { ANALYSIS_RULES } from '../../statistics/analyses.ts';
import type { CellTable } from '../../statistics/cells.ts';
import { ANALYSES, type AnalysisKind, type Choice, outcomeName } from '../../statistics/choice.ts';
import { firstChoice, firstChoiceWords, firstReference } from '../../statistics/first-choice.ts';
import { t } from '../../words/translate.ts';

interface ChoiceFormProps {
  readonly table: CellTable;
  readonly choice: Choice;
  onChange(choice: Choice): void;
}

interface Option {
  readonly value: string;
  readonly label: string;
}

const EVERYBODY = '';

/** The analyses that a table allows. */
export function allowedAnalyses(table: CellTable): AnalysisKind[] {
  return ANALYSES.filter((analysis) => firstChoice(analysis, table) !== undefined);
}

/** What is computed, of what, by what. */
export function ChoiceForm({ table, choice, onChange }: ChoiceFormProps) {
  const set = (change: Partial<Choice>) => onChange(settled(table, choice, change));
  const words = firstChoiceWords(table, choice);
  return (
    <Stack gap="sm">
      <NativeSelect
        label={t('Analysis')}
        maw={420}
        data={allowedAnalyses(table).map((value) => ({ value, label: t(ANALYSIS_RULES[value].name) }))}
        value={choice.analysis}
        onChange={({ currentTarget }) => {
          const kind = ANALYSES.find((name) => name === currentTarget.value);
          const first = kind && firstChoice(kind, table);
          if (first) onChange(first);
        }}
      />
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <OutcomeFields table={table} choice={choice} set={set} />
        <GroupFields table={table} choice={choice} set={set} />
      </SimpleGrid>
      <Others table={table} choice={choice} set={set} />
      {words && <Text c="dimmed">{words}</Text>}
    </Stack>
  );
}

interface FieldsProps {
  readonly table: CellTable;
  readonly choice: Choice;
  set(change: Partial<Choice>): void;
}

function OutcomeFields({ table, choice, set }: FieldsProps) {
  const outcomes = outcomesFor(choice.analysis, table);
  return (
    <>
      {outcomes.length > 0 && (
        <IndexSelect
          label={ANALYSIS_RULES[choice.analysis].overTime ? t('Events') : t('Outcome')}
          options={outcomes.map((outcome) => outcomeName(outcome, table))}
          value={outcomes.findIndex((outcome) => JSON.stringify(outcome) === JSON.stringify(choice.outcome))}
          onChange={(i) => set({ outcome: outcomes[i] ?? choice.outcome })}
        />
      )}
      {choice.time !== undefined && (
        <IndexSelect
          label={t('Person-time')}
          options={table.measures.map(({ name }) => name)}
          value={choice.time}
          onChange={(time) => set({ time })}
        />
      )}
    </>
  );
}

/** What is compared, and with which of its groups. */
function GroupFields({ table, choice, set }: FieldsProps) {
  const { by } = choice;
  const rules = ANALYSIS_RULES[choice.analysis];
  const optional = rules.by === 'groups or everybody';
  return (
    <>
      <NativeSelect
        label={rules.by === 'ranges' ? t('Ranges of') : t('Groups')}
        data={[
          ...(optional ? [{ value: EVERYBODY, label: t('Everybody together') }] : []),
          ...groupingsFor(choice, table).map(
            (factor): Option => ({ value: String(factor), label: factorName(table, factor) }),
          ),
        ]}
        value={by === undefined ? EVERYBODY : String(by)}
        onChange={({ currentTarget: { value } }) => set({ by: value === EVERYBODY ? undefined : Number(value) })}
      />
      {by !== undefined && rules.refers && (
        <IndexSelect
          label={t('Reference group')}
          options={table.factors[by]?.levels ?? []}
          value={choice.reference}
          onChange={(reference) => set({ reference })}
        />
      )}
    </>
  );
}

/** Groupings beside the compared one: one to choose, or any number with each as groups or as a trend. */
function Others({ table, choice, set }: FieldsProps) {
  const [, most] = ANALYSIS_RULES[choice.analysis].others;
  const free = freeFactors(table, choice);
  if (most === 0 || (free.length === 0 && most === 1)) return null;
  const props = { table, choice, set, free };
  return most === 1 ? <OneOther {...props} /> : <ManyOthers {...props} />;
}

interface OthersProps extends FieldsProps {
  /** Factors that may be chosen. */
  readonly free: readonly number[];
}

const factorName = (table: CellTable, factor: number) => table.factors[factor]?.name ?? '';

function OneOther({ table, choice: { analysis, others }, set, free }: OthersProps) {
  const {
    others: [least],
    othersLabel,
  } = ANALYSIS_RULES[analysis];
  const none = least === 0 ? [{ value: EVERYBODY, label: t('Everybody together') }] : [];
  return (
    <NativeSelect
      label={t(othersLabel)}
      maw={420}
      data={[...none, ...free.map((factor) => ({ value: String(factor), label: factorName(table, factor) }))]}
      value={others[0] === undefined ? EVERYBODY : String(others[0])}
      onChange={({ currentTarget: { value } }) => set({ others: value === EVERYBODY ? [] : [Number(value)] })}
    />
  );
}

function ManyOthers({ table, choice: { by, others, trends }, set, free }: OthersProps) {
  const ordered = [...(by === undefined ? [] : [by]), ...others].filter(
    (factor) => (table.factors[factor]?.levels.length ?? 0) > 2,
  );
  const label = (factor: number) => factorName(table, factor);
  return (
    <>
      {free.length > 0 && (
        <FactorBoxes
          title={t('Adjusted for')}
          factors={free}
          chosen={others}
          label={label}
          onChange={(chosen) => set({ others: chosen })}
        />
      )}
      {ordered.length > 0 && (
        <FactorBoxes
          title={t('As a trend, one step from group to group')}
          factors={ordered}
          chosen={trends}
          label={label}
          onChange={(chosen) => set({ trends: chosen })}
        />
      )}
    </>
  );
}

interface FactorBoxesProps {
  readonly title: string;
  readonly factors: readonly number[];
  readonly chosen: readonly number[];
  label(factor: number): string;
  onChange(chosen: number[]): void;
}

function FactorBoxes({ title, factors, chosen, label, onChange }: FactorBoxesProps) {
  return (
    <Checkbox.Group label={title} value={chosen.map(String)} onChange={(values) => onChange(values.map(Number))}>
      <Stack gap={6} mt={6}>
        {factors.map((factor) => (
          <Checkbox key={factor} value={String(factor)} label={label(factor)} />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}

interface IndexSelectProps {
  readonly label: string;
  readonly options: readonly string[];
  readonly value: number;
  onChange(value: number): void;
}

function IndexSelect({ label, options, value, onChange }: IndexSelectProps) {
  return (
    <NativeSelect
      label={label}
      data={options.map((name, i) => ({ value: String(i), label: name }))}
      value={String(value)}
      onChange={({ currentTarget }) => onChange(Number(currentTarget.value))}
    />
  );
}

/** Factors that are neither compared nor the outcome. */
function freeFactors(table: CellTable, { by, outcome, analysis }: Choice): number[] {
  const taken =
    analysis !== 'counts' && analysis !== 'distribution' && outcome.kind === 'level' ? outcome.factor : undefined;
  return [...table.factors.keys()].filter(
    (factor) => factor !== by && factor !== taken && (table.factors[factor]?.levels.length ?? 0) > 1,
  );
}

/** A change may have taken what another part of the choice stands on: the rest follows. */
export function settled(table: CellTable, before: Choice, change: Partial<Choice>): Choice {
  const choice = { ...before, ...change };
  const groupings = groupingsFor(choice, table);
  const by = choice.by === undefined || groupings.includes(choice.by) ? choice.by : groupings[0];
  const free = freeFactors(table, { ...choice, by });
  const [least] = ANALYSIS_RULES[choice.analysis].others;
  const kept = choice.others.filter((factor) => free.includes(factor));
  const others = kept.length < least ? free.slice(0, least) : kept;
  const inModel = [by, ...others];
  const trends = choice.trends.filter((factor) => inModel.includes(factor));
  const reference = by === before.by ? choice.reference : firstReference(table, by);
  return { ...choice, by, reference, others, trends };
}
