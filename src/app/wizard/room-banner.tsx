import { Stack, Text } from '@mantine/core';
import type { Terms } from '../../agreement/agreement.ts';
import { otherRole } from '../../net/room-api.ts';
import { inQuotes } from '../../words/format.ts';
import { message, t } from '../../words/translate.ts';
import { roleName } from '../party/endings.ts';
import { listWords, statisticsWords } from '../party/plain-words.ts';
import { CONNECT_STEP, isRunOpen, type PartyState, type StepIndex } from '../party/state.ts';
import { RoomStatus } from './room-status.tsx';
import type { StepProps } from './step-props.ts';

/** Before the Connect step: who invites to what, whether the two pages are connected, the words to compare, and what to do first. */
export function RoomBanner({ party, state }: StepProps) {
  const { room, step } = state;
  if (room === undefined || step >= CONNECT_STEP || isRunOpen(state)) return null;
  const other = roleName(otherRole(state.role));
  const first = room.opened ? FIRST[step] : undefined;
  return (
    <section className="panel" aria-label={room.opened ? t('Invitation') : t('Your room')}>
      <Stack gap="sm">
        {room.opened && <Invitation state={state} other={other} />}
        <RoomStatus party={party} state={room.state} other={other} />
        {first !== undefined && <Text>{t(first)}</Text>}
      </Stack>
    </section>
  );
}

const FIRST = {
  0: message('First choose your file below. It stays on this computer.'),
  1: message('Next say what your columns are for.'),
  2: message('Next read the rules, and go on to “Connect”: the agreement is there.'),
  3: undefined,
  4: undefined,
} as const satisfies Readonly<Record<StepIndex, string | undefined>>;

function Invitation({ state, other }: { readonly state: PartyState; readonly other: string }) {
  return (
    <>
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {invitationWords(state, other)}
      </Text>
      {purposeSentences(state).map((sentence) => (
        <Text key={sentence} style={{ overflowWrap: 'anywhere' }}>
          {sentence}
        </Text>
      ))}
    </>
  );
}

/** What the other side has said of the study. */
function theirStudy({ role, negotiation }: PartyState) {
  return role === 'owner' ? negotiation?.list?.study : negotiation?.terms?.study;
}

function invitationWords(state: PartyState, other: string): string {
  const { organisation, title } = theirStudy(state) ?? {};
  if (organisation === undefined) {
    return title === undefined
      ? t('The {{other}} invites you to a run.', { other })
      : t('The {{other}} invites you to a run of the study “{{title}}”.', { other, title });
  }
  return title === undefined
    ? t('The {{other}} says they are from {{organisation}}, and invites you to a run.', { other, organisation })
    : t('The {{other}} says they are from {{organisation}}, and invites you to a run of the study “{{title}}”.', {
        other,
        organisation,
        title,
      });
}

/** `means of “weight” by “ward”`: what is offered. */
function offerWords({ statistics, payloads, groups }: Terms): string {
  const figures = statisticsWords(statistics);
  const columns = listWords(payloads.map(({ name }) => inQuotes(name)));
  const by = listWords(groups.map(({ name }) => inQuotes(name)));
  if (payloads.length === 0) return by === '' ? figures : t('{{figures}} by {{groups}}', { figures, groups: by });
  return by === ''
    ? t('{{figures}} of {{columns}}', { figures, columns })
    : t('{{figures}} of {{columns}} by {{groups}}', { figures, columns, groups: by });
}

function purposeSentences(state: PartyState): string[] {
  const { role, negotiation } = state;
  const purpose = theirStudy(state)?.purpose;
  const said = purpose === undefined ? [] : [t('Purpose: {{purpose}}.', { purpose: purpose.replace(/\.$/, '') })];
  if (role === 'owner') {
    return [
      t(
        'The researcher asks for one table: for each group of your data, how many people of their list are in it, and their averages. You set the rules, and nobody is shown to anybody.',
      ),
      ...said,
    ];
  }
  const terms = negotiation?.terms;
  if (terms === undefined) {
    return [
      t(
        'The data owner offers one table: for each group of their data, how many people of your list are in it, and their averages.',
      ),
      ...said,
    ];
  }
  return [
    t(
      'The data owner offers {{offer}}, for the people of your list who are in their data, wherever at least {{minimum}} matched.',
      { offer: offerWords(terms), minimum: terms.minimumGroupSize },
    ),
    ...said,
  ];
}
