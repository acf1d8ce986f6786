import { Button, Checkbox, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { queryOf } from '../../ledger/query.ts';
import { otherRole } from '../../net/room-api.ts';
import type { NegotiationState } from '../../protocol/negotiation.ts';
import { t } from '../../words/translate.ts';
import { LedgerPanel } from '../ledger/ledger-panel.tsx';
import { roleName } from '../party/endings.ts';
import { isRunOpen, type PartyState } from '../party/state.ts';
import { AgreementText } from '../result/agreement-text.tsx';
import { proposedJson } from '../result/result-files.ts';
import { Notice } from '../ui/notice.tsx';
import { saveFile } from '../ui/save-file.ts';
import { BuildLine } from './build-line.tsx';
import { FieldColumns } from './field-columns.tsx';
import { RoomLink } from './room-link.tsx';
import { RoomStatus } from './room-status.tsx';
import { RunCostView } from './run-cost-view.tsx';
import type { StepProps } from './step-props.ts';

/** Step 4: meet in a room, compare the words, read the agreement, agree. */
export function ConnectStep({ party, state }: StepProps) {
  const { room, negotiation, proposal } = state;
  if (room === undefined) return <NoRoom party={party} state={state} />;
  const waitsForPeer = !room.opened && (room.state.kind === 'waiting' || room.state.kind === 'connecting');
  return (
    <Stack gap="lg">
      {waitsForPeer && <RoomLink link={room.link} other={roleName(otherRole(state.role))} />}
      <RoomStatus party={party} state={room.state} other={roleName(otherRole(state.role))} />
      {proposal.error !== undefined && (
        <Notice kind="error" title={t('The terms could not be proposed')}>
          {proposal.error} {t('Go back, change this, and come here again.')}
        </Notice>
      )}
      <UnplacedFields party={party} state={state} />
      {negotiation !== undefined && !isRunOpen(state) && <Agreeing party={party} state={state} />}
      {negotiation?.agreement === undefined && !isRunOpen(state) && <Prepared state={state} />}
    </Stack>
  );
}

/** The researcher's field columns, where some are still to be chosen; they stay in sight when the last one is. */
function UnplacedFields({ party, state }: StepProps) {
  const [needed, setNeeded] = useState(false);
  const unplaced = state.negotiation?.terms?.fields.some((_, i) => state.fieldColumns[i] === undefined) ?? false;
  if (unplaced && !needed) setNeeded(true);
  return needed ? <FieldColumns party={party} state={state} /> : null;
}

/** What the browser does while the other person is still to come, or the agreement is read. */
function Prepared({ state: { keysPrepared: keys, encryptionReady } }: { readonly state: PartyState }) {
  return (
    <Stack gap={4}>
      <Text size="sm" c="dimmed">
        {encryptionReady ? t('The encryption is ready.') : t('Preparing the encryption.')}
      </Text>
      {keys !== undefined && (
        <Text size="sm" c="dimmed" className="figures">
          {keys.done < keys.bands
            ? t('Preparing your rows for the run: {{done}} of {{bands}} bands.', { done: keys.done, bands: keys.bands })
            : t('Your rows are ready for the run.')}
        </Text>
      )}
    </Stack>
  );
}

function NoRoom({ party, state }: StepProps) {
  const other = roleName(otherRole(state.role));
  return (
    <Stack gap="md" align="start">
      <Text>
        {t(
          'Either of you makes a room; the other opens its link. If the {{other}} has sent you a link, open that one instead. The two browsers then talk directly to each other.',
          { other },
        )}
      </Text>
      <Button onClick={() => void party.createRoom()}>{t('Create room')}</Button>
    </Stack>
  );
}

function Agreeing({ party, state }: StepProps) {
  const { negotiation, proposal } = state;
  const other = roleName(otherRole(state.role));
  if (negotiation?.agreement === undefined) {
    if (negotiation?.problem !== undefined) {
      return (
        <Notice kind="error" title={t('These terms and this list cannot be run together')}>
          {negotiation.problem} {t('Go back and change what you can, or decline and talk.')}
        </Notice>
      );
    }
    const waiting = proposal.preparing
      ? t('Preparing your terms')
      : t('Waiting for the {{other}} to finish the first steps. The agreement appears here by itself.', { other });
    return <Text role="status">{waiting}</Text>;
  }
  const { agreement, hash } = negotiation;
  return (
    <Stack gap="md">
      <Title order={3} size="h4">
        {t('The agreement')}
      </Title>
      <AgreementText agreement={agreement} hash={hash} />
      <Button
        variant="default"
        size="xs"
        style={{ alignSelf: 'start' }}
        onClick={() => saveFile('blindjoin-agreement.json', 'application/json', proposedJson(agreement))}
      >
        {t('Download agreement')}
      </Button>
      <BuildLine builds={negotiation.builds} other={other} />
      <RunCostView agreement={agreement} role={state.role} />
      <Prepared state={state} />
      {state.role === 'researcher' && (
        <Checkbox
          label={t('Show me the matches before the table')}
          description={t(
            "The run then waits for you after the linkage, so that you choose from which weight up records match. This is your page's business and no part of the agreement.",
          )}
          checked={state.showMatchesFirst}
          onChange={({ currentTarget }) => party.setShowMatchesFirst(currentTarget.checked)}
        />
      )}
      {state.role === 'owner' && <LedgerPanel party={party} state={state} query={queryOf(agreement)} />}
      <Answer party={party} other={other} negotiation={negotiation} />
    </Stack>
  );
}

/** Characters that the other person's page shows. */
const MAX_REASON = 300;

interface AnswerProps extends Pick<StepProps, 'party'> {
  readonly other: string;
  readonly negotiation: NegotiationState;
}

/** Agree to what is shown, or decline and say why. */
function Answer({ party, other, negotiation: { hash, acceptedHere, acceptedThere } }: AnswerProps) {
  const [reason, setReason] = useState('');
  return (
    <>
      <TextInput
        className="not-printed"
        label={t('If you decline: why')}
        description={t('The {{other}} reads it. You may leave it empty.', { other })}
        maxLength={MAX_REASON}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
      />
      <div className="agree-bar">
        {acceptedThere && !acceptedHere && <Text role="status">{t('The {{other}} has agreed.', { other })}</Text>}
        {acceptedHere && (
          <Text role="status" fw={600}>
            {t('Waiting for the {{other}} to agree', { other })}
          </Text>
        )}
        <Group mt={acceptedHere || acceptedThere ? 'xs' : 0}>
          {!acceptedHere && <Button onClick={() => void party.accept(hash)}>{t('Agree and start')}</Button>}
          {/* At the other end: it never comes to lie under the second click of who agrees by two. */}
          <Button variant="default" ml="auto" onClick={() => void party.decline(reason.trim())}>
            {t('Decline')}
          </Button>
        </Group>
      </div>
    </>
  );
}
