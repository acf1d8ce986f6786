/** Which of the researcher's columns most likely holds each of the owner's fields, by their names alone. */
import type { MatchField } from '../../agreement/match-field.ts';

/** Names that mean the same in registers, surveys and linkage test data; compared after `plainName`. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['firstname', 'givenname', 'forename', 'givennames', 'fname', 'christianname', 'vorname', 'prenom'],
  ['surname', 'lastname', 'familyname', 'sname', 'lname', 'nachname', 'nomdefamille'],
  ['middlename', 'secondname', 'mname'],
  ['name', 'fullname', 'personname'],
  ['dob', 'dateofbirth', 'birthdate', 'birthday', 'bdate', 'borndate', 'geburtsdatum', 'datenaissance'],
  ['sex', 'gender'],
  ['postcode', 'postalcode', 'zip', 'zipcode', 'plz', 'codepostal'],
  ['suburb', 'city', 'town', 'locality', 'municipality'],
  ['state', 'province', 'county', 'region'],
  ['streetnumber', 'housenumber', 'houseno', 'streetno'],
  ['address', 'address1', 'addressline1', 'street', 'streetname', 'streetaddress'],
  ['address2', 'addressline2'],
  ['phone', 'phonenumber', 'telephone', 'tel', 'mobile'],
  ['email', 'emailaddress', 'mail'],
  ['ssn', 'socsecid', 'socialsecuritynumber', 'nationalid', 'personalid', 'nin'],
];

/** Lower case letters and digits only, accents stripped: `Date_of Birth` and `dateOfBirth` are one. */
export function plainName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

function meaning(name: string): string {
  const plain = plainName(name);
  return SYNONYMS.find((words) => words.includes(plain))?.[0] ?? plain;
}

/**
 * For each field the index of the column that holds it, or undefined where no name says so. A column is given once:
 * first to the field of the very same name, then to one of the same meaning.
 */
export function likelyColumns(fields: readonly MatchField[], columns: readonly string[]): (number | undefined)[] {
  const taken = new Set<number>();
  const found: (number | undefined)[] = fields.map(() => undefined);
  for (const key of [plainName, meaning]) {
    fields.forEach((field, i) => {
      if (found[i] !== undefined) return;
      const wanted = key(field.name);
      const column = columns.findIndex((name, c) => !taken.has(c) && wanted !== '' && key(name) === wanted);
      if (column < 0) return;
      found[i] = column;
      taken.add(column);
    });
  }
  return found;
}
