/** Which of the researcher's columns most likely holds each of the owner's fields, by their names alone. */
import type { MatchField } from '../../agreement/match-field.ts';

/** Names that mean the same in registers, surveys and linkage test data, in languages of Europe; compared after `plainName`. */
const SYNONYMS: readonly (readonly string[])[] = [
  `firstname givenname forename givennames fname christianname vorname vornamen rufname prenom prenoms nombre nombres nombredepila voornaam voornamen fornavn fornamn etunimi etunimet imie imiona jmeno meno keresztnev prenume`,
  `surname lastname familyname sname lname nachname familienname zuname nom nomdefamille nomfamille apellido apellidos cognome achternaam sobrenome apelido etternavn efternavn efternamn sukunimi nazwisko prijmeni priezvisko vezeteknev numedefamilie`,
  `middlename secondname mname`,
  `name fullname personname`,
  `dob dateofbirth birthdate birthday bdate borndate geburtsdatum gebdatum gebdat datenaissance datedenaissance ddn fechanacimiento fechadenacimiento fechanac fecnac datadinascita datanascita datanascimento datadenascimento dtnasc geboortedatum fødselsdato fødselsdag fodselsdato fodelsedatum syntymaaika dataurodzenia datumnarozeni datumnarodenia szuletesidatum datanasterii`,
  `sex gender geschlecht sexe sexo sesso geslacht kjonn kjønn køn sukupuoli plec płec pohlavi pohlavie`,
  `postcode postalcode zip zipcode plz postleitzahl codepostal cp codigopostal cap cep postnummer postnr postinumero kodpocztowy psc iranyitoszam codpostal`,
  `suburb city town locality municipality ort wohnort stadt gemeinde ville commune localite ciudad municipio localidad poblacion citta comune cidade localidade plaats woonplaats gemeente poststed stad kommune kaupunki miasto miejscowosc mesto obec varos telepules oras localitate`,
  `state province county region bundesland land provincia comunidadautonoma estado regione`,
  `streetnumber housenumber houseno streetno hausnummer hausnr numerodecalle numerocivico huisnummer husnummer`,
  `address address1 addressline1 street streetname streetaddress strasse straße adresse anschrift rue direccion calle domicilio indirizzo via endereco morada rua straat adres gata osoite ulica ulice utca adresa strada`,
  `address2 addressline2`,
  `phone phonenumber telephone tel mobile telefon telefono telefone telefoon handy`,
  `email emailaddress mail correo correoelectronico`,
  `ssn socsecid socialsecuritynumber nationalid personalid nin`,
].map((words) => words.split(' '));

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
