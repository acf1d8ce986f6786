import { describe, expect, it } from 'vitest';
import type { MatchField } from '../../agreement/match-field.ts';
import { likelyColumns, plainName } from './field-matching.ts';

const fields = (...names: string[]): MatchField[] => names.map((name) => ({ name, type: 'name' }));

describe('likelyColumns', () => {
  it('ignores case, blanks, underscores and accents', () => {
    expect(plainName('Date_of Birth')).toBe('dateofbirth');
    expect(plainName('Prénom')).toBe('prenom');
    expect(likelyColumns(fields('SURNAME', 'date_of_birth'), ['Date of Birth', 'surname'])).toEqual([1, 0]);
  });

  it('knows common synonyms', () => {
    const columns = ['last name', 'first_name', 'DOB', 'zip', 'gender'];
    expect(likelyColumns(fields('surname', 'given_name', 'date_of_birth', 'postcode', 'sex'), columns)).toEqual([
      0, 1, 2, 3, 4,
    ]);
  });

  it('knows them in several languages, each name once', () => {
    const german = ['Nachname', 'Vorname', 'Geburtsdatum', 'PLZ', 'Wohnort', 'Straße', 'Geschlecht'];
    const spanish = ['apellidos', 'nombre', 'fecha_nacimiento', 'código postal', 'municipio', 'dirección', 'sexo'];
    expect(likelyColumns(fields(...spanish), german)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(likelyColumns(fields('naissance', 'Prénom', 'NOM'), ['cognome', 'imię'])).toEqual([undefined, 1, 0]);
  });

  it('prefers the very same name over a synonym and gives a column once', () => {
    expect(likelyColumns(fields('first_name', 'given_name'), ['given_name', 'first_name'])).toEqual([1, 0]);
    expect(likelyColumns(fields('surname', 'family_name'), ['lastname'])).toEqual([0, undefined]);
  });

  it('leaves what it does not know', () => {
    expect(likelyColumns(fields('surname', '___'), ['height', '---'])).toEqual([undefined, undefined]);
  });
});
