import { describe, expect, it } from 'vitest';
import { readTable } from './read-table.ts';
import { summarise } from './summary.ts';
import type { ColumnUse } from './table.ts';

const ROWS = 200;
const WORDS = ['anna', 'bob', 'carl', 'dora', 'emil', 'fred', 'gina', 'hugo', 'ida', 'jan', 'karl'];
const word = (row: number) => `${WORDS[row % 11]}${'aeiou'[row % 5]}${'nrst'[row % 4]}${'xyz'[row % 3]}`;
const pad = (number: number) => String(number).padStart(2, '0');

/** Values of a column by what is in it. */
const VALUES = {
  words: word,
  streets: (row: number) => `${word(row)} street`,
  'streets with numbers': (row: number) => `${row} ${word(row)} street`,
  'remarks of a line or two': (row: number) => `${Array.from({ length: 12 }, (_, n) => word(row + n)).join(' ')}`,
  dates: (row: number) => `${1950 + (row % 50)}-${pad(1 + (row % 9))}-${pad(1 + (row % 28))}`,
  'dates with the day first': (row: number) => `${pad(1 + (row % 28))}.${pad(1 + (row % 9))}.${1950 + (row % 50)}`,
  'dates of eight digits': (row: number) => `${1950 + (row % 50)}${pad(1 + (row % 9))}${pad(1 + (row % 28))}`,
  years: (row: number) => String(1930 + ((row * 7) % 80)),
  months: (row: number) => String(1 + (row % 12)),
  days: (row: number) => String(1 + ((row * 5) % 31)),
  'two letters': (row: number) => 'mf'[row % 2] ?? '',
  'zero and one': (row: number) => String(row % 2),
  labels: (row: number) => ['north', 'south', 'east', 'west'][row % 4] ?? '',
  'forms of address': (row: number) => ['Mr', 'Mrs', 'Ms', 'Dr'][row % 4] ?? '',
  numbers: (row: number) => String((row * 37) % 90),
  amounts: (row: number) => `${1000 + ((row * 7919) % 40_000)}.50`,
  'long numbers': (row: number) => String(400_000_000 + row * 7919),
  postcodes: (row: number) => String(10_000 + ((row * 37) % 500)),
  'row numbers': (row: number) => String(row + 1),
  'row names': (row: number) => `R-${1000 + row}`,
  'short numbers': (row: number) => String(1 + ((row * 13) % 150)),
} as const;

type Kind = keyof typeof VALUES;

/** What is right for a header over such values. */
const RIGHT: readonly (readonly [ColumnUse, Kind, string])[] = [
  [
    'code',
    'years',
    'YEAROFBIRTH, by, dob_y, birthyr, Annee_naiss, rok_ur, Rok nar., fodselsaar, AÑO_NAC, GebJahr, a_naiss, BY, birthyear, Birth Year, yob, YOB, year_of_birth, dob_year, Geburtsjahr, Jahrgang, annee_naissance, Année de naissance, año de nacimiento, ano_nascimento, anno di nascita, geboortejaar, födelseår, fødselsår, rok urodzenia, rok narození, год рождения, 出生年, nam sinh, doğum yılı',
  ],
  [
    'category',
    'months',
    'bm, birth_month, dob_m, gebmonat, m_naiss, BirthMonth, MONTHOFBIRTH, Geburtsmonat, mois de naissance, mes_nacimiento, geboortemaand',
  ],
  [
    'category',
    'days',
    'bd, birth_day, dob_d, gebtag, d_naiss, DAYOFBIRTH, jour de naissance, dia_nacimiento, giorno di nascita, geboortedag, Geburtstag',
  ],
  [
    'date',
    'dates',
    'dob, DOB, DateOfBirth, DATE_OF_BIRTH, birthDate, Birthday, bd, PatientDOB, DOB1, Geburtsdatum, Geb.-Datum, date_naissance, Date de naissance, fecha_nacimiento, data de nascimento, data_nascita, fødselsdato, födelsedatum, data urodzenia, datum narození, születési dátum, дата рождения, 出生日期, 生年月日, 생년월일',
  ],
  ['date', 'dates with the day first', 'geboortedatum, geb, FECHA NAC., Doğum Tarihi, ημερομηνία γέννησης'],
  ['date', 'dates of eight digits', 'DATEOFBIRTH, birth_dt, dt_nasc'],
  [
    'ignore',
    'dates',
    'admission_date, date_visite, data przyjęcia, datum přijetí, felvétel dátuma, tulopäivä, lab_date, dod, date_of_death, Sterbedatum, vaccination_date, fecha_defuncion, date_deces, lieferdatum, discharge date, created_at, updated, Aufnahmedatum, Entlassungsdatum',
  ],
  [
    'name',
    'words',
    'first, eesnimi, vārds, pavardė, perekonnanimi, First name, FIRSTNAME, given_name, fname, middleName, mname, surname, SURNAME, lastName, lname, FAMILY_NAME, name, Full Name, maiden name, Vorname, Nachname, Familienname, Geburtsname, prénom, nom, Nom de famille, nombre, Apellidos, primer_apellido, sobrenome, nome, cognome, voornaam, achternaam, tussenvoegsel, förnamn, efternamn, fornavn, etternavn, etunimi, sukunimi, imię, nazwisko, jméno, příjmení, vezetéknév, keresztnév, nume, prenume, soyadı, имя, фамилия, отчество, όνομα, επώνυμο, 姓名, 姓, 名, 氏名, 이름, الاسم, họ tên, nama lengkap',
  ],
  [
    'category',
    'two letters',
    'sex, GENDER, patient_sex, Geschl., m/w, Пол пациента, Geschlecht, sexe, sexo, sesso, geslacht, kön, kjønn, płeć, pohlaví, пол, 性别, 性別, 성별, الجنس, giới tính, cinsiyet',
  ],
  ['category', 'zero and one', 'sex, gender_code, geslacht'],
  [
    'text',
    'words',
    'City, town, suburb, Wohnort, Ort, Gemeinde, ville, commune, ciudad, municipio, cidade, città, comune, woonplaats, stad, postort, by, miasto, obec, город, 城市, birthplace, lugar de nacimiento',
  ],
  [
    'text',
    'streets',
    'address, Street, STREETNAME, Straße, rue, adresse, calle, dirección, endereço, rua, indirizzo, via, straat, adres, ulica, адрес, 地址, 住所',
  ],
  ['text', 'streets with numbers', 'address_1, street address, Strasse_Hausnr, Anschrift, domicilio'],
  ['text', 'remarks of a line or two', 'title, Title, product_name, authors'],
  ['category', 'forms of address', 'title, Anrede, civilité, salutation'],
  [
    'code',
    'postcodes',
    'postcode, POSTALCODE, zip_cd, PCODE, 郵便, zip, ZIP code, plz, Postleitzahl, code postal, CP, código postal, cep, cap, postnummer, postinumero, kod pocztowy, PSČ, индекс, 邮编, 郵便番号',
  ],
  [
    'code',
    'long numbers',
    'phone, PHONE_NUMBER, Handynr, GSM, fono, Versichertennr, AHV-Nr, rijksregisternr, mobile, Tel., Telefon, téléphone, teléfono, celular, телефон, 电话, ssn, SocSecId, NHS number, bsn, personnummer, pesel, DNI, CPF, codice fiscale, 身份证号',
  ],
  [
    'category',
    'short numbers',
    'house number, HOUSENUMBER, hno, house, street_number, Hausnummer, huisnummer, número civico',
  ],
  ['ignore', 'row numbers', 'id, ID, rec_id, row number, no., lfd. Nr., patient_id, 编号, x'],
  ['ignore', 'row names', 'record_id, PatientID, case no, identifiant, x'],
  [
    'group',
    'labels',
    'state, Bundesland, hospital_name, program name, region, provincia, región, regione, provincie, estado, область, 省, ethnicity, marital_status, Familienstand, estado civil, diagnosis, treatment arm, x',
  ],
  [
    'average',
    'numbers',
    'age, AGE, Alter, âge, edad, idade, età, leeftijd, ålder, wiek, возраст, 年龄, length_of_stay, bmi score, x',
  ],
  ['average', 'amounts', 'income, Einkommen, revenu, ingresos, renda, reddito, inkomen, доход, 收入, total cost, x'],
];

async function guessesOf(columns: readonly (readonly [string, (row: number) => string])[]): Promise<ColumnUse[]> {
  const rows = Array.from({ length: ROWS }, (_, row) => columns.map(([, value]) => value(row)).join('\t'));
  const text = [columns.map(([header]) => header).join('\t'), ...rows].join('\n');
  const read = await readTable(new Blob([text]), 'people.csv', { header: true, delimiter: '\t' });
  return summarise(read, 'people.csv').columns.map(({ guess }) => guess);
}

const CASES = RIGHT.flatMap(([use, kind, headers]) => headers.split(', ').map((header) => ({ header, kind, use })));

describe('guesses of uses', () => {
  it('are for more than two hundred headers', () => expect(CASES.length).toBeGreaterThan(200));

  it.each(CASES)('“$header” over $kind: $use', async ({ header, kind, use }) => {
    const [guess] = await guessesOf([
      [header, VALUES[kind]],
      ['other', VALUES.words],
    ]);
    expect(guess).toBe(use);
  });

  it('leave columns that are nearly empty out of matching', async () => {
    const seldom = (row: number) => (row % 25 === 0 ? word(row) : '');
    expect(
      await guessesOf([
        ['surname', seldom],
        ['dob', (row) => (row % 25 === 0 ? VALUES.dates(row) : '')],
        ['x', word],
      ]),
    ).toEqual(['ignore', 'ignore', 'name']);
  });

  it('propose at most 32 columns to match by, those whose header says so first', async () => {
    const names = Array.from({ length: 40 }, (_, n): [string, (row: number) => string] => [`v${n}`, VALUES.words]);
    const columns = await guessesOf([...names, ['surname', VALUES.words]]);
    expect(columns.filter((use) => use === 'name')).toHaveLength(32);
    expect(columns.at(-1)).toBe('name');
  });

  it('propose no date of an unknown kind beside a date of birth', async () => {
    const unknown: [string, (row: number) => string] = ['dagsetning', VALUES.dates];
    expect(await guessesOf([unknown, ['dob', VALUES.dates]])).toEqual(['ignore', 'date']);
    expect(await guessesOf([unknown, ['x', word]])).toEqual(['date', 'name']);
  });

  it('propose at most 16 averages, those whose header says so first', async () => {
    const numbers = Array.from({ length: 20 }, (_, n): [string, (row: number) => string] => [`v${n}`, VALUES.amounts]);
    const guesses = await guessesOf([...numbers, ['income', VALUES.amounts]]);
    expect(guesses.filter((use) => use === 'average')).toHaveLength(16);
    expect(guesses.at(-1)).toBe('average');
  });
});
