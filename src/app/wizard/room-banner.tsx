import { Stack, Text } from '@mantine/core';
import { otherRole } from '../../net/room-api.ts';
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
  return (
    <section className="panel" aria-label={room.opened ? 'Invitation' : 'Your room'}>
      <Stack gap="sm">
        {room.opened && <Invitation state={state} other={other} />}
        <RoomStatus party={party} state={room.state} other={other} />
        {room.opened && <Text>{FIRST[step]}</Text>}
      </Stack>
    </section>
  );
}

const FIRST: Readonly<Partial<Record<StepIndex, string>>> = {
  0: 'First choose your file below. It stays on this computer.',
  1: 'Next say what your columns are for.',
  2: 'Next read the rules, and go on to “Connect”: the agreement is there.',
};

function Invitation({ state, other }: { readonly state: PartyState; readonly other: string }) {
  return (
    <>
      <Text fw={600} style={{ overflowWrap: 'anywhere' }}>
        {inviter(state, other)} invites you to a run{titleWords(state)}.
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

function inviter(state: PartyState, other: string): string {
  const organisation = theirStudy(state)?.organisation;
  return organisation === undefined ? `The ${other}` : `The ${other}, who says to be of ${organisation},`;
}

function titleWords(state: PartyState): string {
  const title = theirStudy(state)?.title;
  return title === undefined ? '' : ` of the study “${title}”`;
}

function purposeSentences(state: PartyState): string[] {
  const { role, negotiation } = state;
  const purpose = theirStudy(state)?.purpose;
  const said = purpose === undefined ? [] : [`Purpose: ${purpose.replace(/\.$/, '')}.`];
  if (role === 'owner') {
    return [
      'The researcher asks for one table: for each group of your data, how many people of their list are in it, and their averages. You set the rules, and nobody is shown to anybody.',
      ...said,
    ];
  }
  const terms = negotiation?.terms;
  if (terms === undefined) {
    return [
      'The data owner offers one table: for each group of their data, how many people of your list are in it, and their averages.',
      ...said,
    ];
  }
  const of = terms.payloads.length === 0 ? '' : ` of ${listWords(terms.payloads.map(({ name }) => `“${name}”`))}`;
  const by = terms.groups.length === 0 ? '' : ` by ${listWords(terms.groups.map(({ name }) => `“${name}”`))}`;
  return [
    `The data owner offers ${statisticsWords(terms.statistics)}${of}${by}, for the people of your list who are in their data, wherever at least ${terms.minimumGroupSize} matched.`,
    ...said,
  ];
}
