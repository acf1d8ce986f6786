/** Which columns of the own file take part in matching, grouping and averaging. */
import type { PayloadColumn, Terms } from '../../agreement/agreement.ts';
import type { BoundField } from '../../keys/bound-field.ts';
import type { PayloadPlan } from '../../protocol/data-port.ts';
import type { ColumnSummary } from '../../table/table.ts';
import type { PartyState } from './state.ts';
import { fieldTypeOf } from './uses.ts';

/** A field that the list does not have: every value counts as empty. */
export const NO_COLUMN = -1;

export function columnsOf(state: PartyState): readonly ColumnSummary[] {
  return state.file.kind === 'ready' ? state.file.summary.columns : [];
}

export function averagedColumns(state: PartyState): { name: string; column: number }[] {
  return columnsOf(state).flatMap(({ name }, column) => (state.uses[column] === 'average' ? [{ name, column }] : []));
}

/** The columns to match by their own use, in column order. */
function ownBindings(state: PartyState): BoundField[] {
  return columnsOf(state).flatMap(({ name, digits, dateOrder, settings }, column) => {
    const type = fieldTypeOf(state.uses[column] ?? 'ignore');
    if (type === undefined) return [];
    const length = settings.codeLength ?? digits ?? 0;
    return [
      {
        name,
        type,
        column,
        ...(type === 'code' && length > 0 && { digits: length }),
        ...(type === 'date' && dateOrder !== undefined && { dateOrder }),
      },
    ];
  });
}

/** The owner's fields bound to the researcher's columns, in the agreement's order; `NO_COLUMN` where they have none. */
function listBindings(state: PartyState, terms: Terms): BoundField[] {
  return terms.fields.map((field, i) => ({ ...field, column: state.fieldColumns[i] ?? NO_COLUMN }));
}

/** The fields that take part, in the order both sides use. */
export function bindingsOf(state: PartyState): BoundField[] {
  const terms = state.negotiation?.terms;
  return state.role === 'researcher' && terms ? listBindings(state, terms) : ownBindings(state);
}

export function payloadColumns(state: PartyState): PayloadColumn[] {
  return averagedColumns(state).flatMap(({ name, column }) => {
    const payload = state.payloads[column];
    if (payload === undefined) return [];
    const { minimum, maximum, decimals, missing } = payload;
    return [{ name, minimum, maximum, decimals, complete: missing === 0 }];
  });
}

export function payloadPlans(state: PartyState, payloads: readonly PayloadColumn[]): PayloadPlan[] {
  const columns = averagedColumns(state);
  return payloads.flatMap((payload, i) => {
    const column = columns[i]?.column;
    return column === undefined ? [] : [{ column, payload }];
  });
}
