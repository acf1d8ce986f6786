/** FEBRL data set 4 as a researcher's list and an owner's file, where somebody put it beside the project. */
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { FieldType } from '../../agreement/match-field.ts';

const folder = resolve('../shared/data');

export const FEBRL = {
  list: join(folder, 'febrl4_researcher.csv'),
  data: join(folder, 'febrl4_owner.csv'),
} as const;

export const hasFebrl = existsSync(FEBRL.list) && existsSync(FEBRL.data);

/** The fields that both files share, and what they hold. */
export const FEBRL_FIELDS: Readonly<Record<string, FieldType>> = {
  given_name: 'name',
  surname: 'name',
  street_number: 'category',
  address_1: 'text',
  address_2: 'text',
  suburb: 'text',
  postcode: 'code',
  date_of_birth: 'date',
};
