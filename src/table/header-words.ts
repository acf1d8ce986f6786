/**
 * What headers of columns say, in the languages that registers are kept in. Folded as `foldHeader` folds: lower case, no marks,
 * words parted by single spaces. A word of up to three letters counts only as the whole header, but for some that mean one thing.
 */

import { remembered } from './remembered.ts';

/** `Date_of-Birth`, `dateOfBirth` and `Date of birth:` are the same words. */
export function foldHeader(name: string): string {
  return name
    .replace(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .normalize('NFKD')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])\p{M}+/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[øłđßæœıþð]/g, (letter) => LETTERS[letter] ?? letter)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
}

const LETTERS: Readonly<Record<string, string>> = {
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ı: 'i',
  þ: 'th',
  ð: 'd',
};

/** `|` parts phrases. */
const CONCEPTS = {
  birthYear: `dob y|birthyr|annee naiss|a naiss|rok ur|rok nar|fodselsaar|foedselsaar|fodelsear|ano naci|anio nac|anio nacimiento|year of birth|birth year|birthyear|yob|by|b year|byear|birth yr|yr of birth|dob year|dob yr|dob yyyy|born year|year born|geburtsjahr|geb jahr|gebjahr|jahrgang
    |annee de naissance|annee naissance|an naissance|ano de nacimiento|ano nacimiento|ano nac|ano de nascimento|ano nascimento|anno di nascita|anno nascita
    |geboortejaar|fodelsear|fodselsar|syntymavuosi|rok urodzenia|rok narozeni|rok narodenia|szuletesi ev|anul nasterii|an nastere|dogum yili
    |год рождения|рік народження|ετος γεννησης|出生年|出生年份|生年|출생년도|출생연도|سنة الميلاد|nam sinh|tahun lahir
    |سال تولد|שנת לידה|ปีเกิด|დაবადების წელი`,
  birthMonth: `dob m|gebmonat|geb monat|m naiss|mois naiss|mes nac|month of birth|birth month|mob|bm|bmonth|b month|dob month|dob mm|geburtsmonat|mois de naissance|mois naissance|mes de nacimiento|mes nacimiento|mes de nascimento
    |mes nascimento|mese di nascita|geboortemaand|fodelsemanad|fodselsmaned|syntymakuukausi|miesiac urodzenia|mesic narozeni|месяц рождения|出生月|生月|출생월|thang sinh|bulan lahir`,
  birthDay: `dob d|gebtag|geb tag|d naiss|j naiss|jour naiss|dia nac|day of birth|birth day|birthday|bd|bday|b day|dob day|dob dd|geburtstag|tag der geburt|jour de naissance|jour naissance|dia de nacimiento|dia nacimiento|dia de nascimento|dia nascimento
    |giorno di nascita|geboortedag|fodelsedag|fodselsdag|dzien urodzenia|den narozeni|день рождения|出生日|출생일|tanggal lahir`,
  birthDate: `dob|d o b|bd|bdate|birth date|birthdate|birth dt|date of birth|birthday|bday|birth|born|date born|geburtsdatum|geb datum|gebdatum|gebdat|geb dat|geb|geburtstag|geboren|geburt
    |date de naissance|date naissance|naissance|ddn|ne le|nee le|fecha de nacimiento|fecha nacimiento|fecha nac|fnac|f nac|fec nac|nacimiento|data de nascimento|data nascimento|dt nasc|dt nascimento
    |nascimento|data nasc|data di nascita|data nascita|nascita|geboortedatum|geb datum|fodelsedatum|fodelsedag|fodselsdato|fodselsdag|fodt|fodd|syntymaaika|syntymapaiva|data urodzenia|data ur
    |urodzenia|datum narozeni|datum narodenia|narozeni|narozen|datum rodenja|szuletesi datum|szuletesi ido|szuletes|data nasterii|data nastere|dogum tarihi|dogum|дата рождения|день рождения
    |рождения|дата народження|ημερομηνια γεννησης|γεννηση|出生日期|出生年月日|出生年月|生日|生年月日|誕生日|생년월일|생일|تاريخ الميلاد|ngay sinh|ngay thang nam sinh|tanggal lahir|tgl lahir|जन्म तिथि|जन्मतिथि|วันเกิด
    |تاریخ تولد|تولد|تاریخ پیدائش|پیدائش|תאריך לידה|ת לידה|วันเดือนปีเกิด|ว ด ป เกิด|დაბადების თარიღი|ծննդյան ամսաթիվ|ծննդյան օր|জন্ম তারিখ|জন্মতারিখ|पैदाइश|تاريخ الولادة`,
  otherDate: `dod|visite|przyjecia|wypisu|prijeti|propusteni|felvetel|tulopaiva|lab date|inskrivning|utskrivning|indlaeggelse|death|date of death|death date|deceased|died|todesdatum|sterbedatum|verstorben|date deces|date de deces|deces|defuncion|fecha defuncion|obito|decesso|overlijden|overlijdensdatum|dodsdato|dodsdatum|zgon|data zgonu|vaccination|vaccinated|vaccine|impfung|impfdatum|delivery|lieferdatum|diag date|diag|test dt|referral|screening|consent|survey|interview|admission|admitted|discharge|discharged|visit|visited|encounter|created|created at|create|updated|updated at|modified|timestamp|time stamp|datetime|start|end|entry|exit|enrolment
    |enrollment|registration|registered|diagnosis|treatment|procedure|operation|surgery|sample|specimen|test|result|appointment|order|invoice|payment|follow up|last seen|index date
    |aufnahme|aufnahmedatum|entlassung|entlassungsdatum|erstellt|geandert|diagnosedatum|behandlung|beginn|ende|eintritt|austritt|fecha de ingreso|fecha ingreso|fecha alta|fecha de alta|admission date
    |date d admission|date admission|date entree|date sortie|date de sortie|data internacao|data alta|data ricovero|dimissione|opnamedatum|ontslagdatum`,
  nationalId: `versichertennr|versicherungsnummer|oib|егн|egn|isikukood|personas kods|asmens kodas|steuernummer|steuernr|chi number|krankenkassennummer|insurance number|insurance no|ahv nr|rijksregisternr|mrz|ssn|soc sec|soc sec id|social security|social security number|social sec|nhs|nhs number|nhs no|medicare|medicare number|passport|passport number|passport no|national id|national identifier
    |national insurance|national insurance number|ni number|nino|nin|tax id|tax file number|tax number|tfn|licence|license|driver licence|drivers license|personal id|personal number|id card|identity card
    |sozialversicherungsnummer|svnr|sv nummer|versichertennummer|krankenversichertennummer|kvnr|ahv|ahv nummer|personalausweis|ausweisnummer|steuer id|numero de securite sociale|num secu|no secu|nir
    |nss|dni|nie|nif|curp|rfc|rut|cedula|numero de identificacion|cpf|rg|cartao sus|cns|niss|codice fiscale|cod fiscale|bsn|burgerservicenummer|rijksregisternummer|personnummer|personnr
    |fodselsnummer|fodselsnr|cpr|cpr nummer|cpr nr|henkilotunnus|hetu|pesel|rodne cislo|taj|taj szam|cnp|tc kimlik no|tc kimlik|tckn|kimlik no|снилс|инн|паспорт|амка|αμκα|αφμ|身份证|身份证号|身份证号码|身分證
    |マイナンバー|個人番号|주민등록번호|주민번호|رقم الهوية|cccd|cmnd|nik|aadhaar|aadhar|aadhaar number
    |کد ملی|شماره ملی|کدملی|شناختی کارڈ نمبر|תעודת זהות|מספר זהות|ת ז|เลขบัตรประชาชน|เลขประจำตัวประชาชน|პირადი ნომერი|الرقم القومي|رقم البطاقة`,
  phone: `gsm|fono|handynr|handy nr|phone|phone number|phone no|phone nr|telephone|tel|tel no|telno|tel nr|mobile|mobile number|mobile no|cell|cell phone|cellphone|fax|contact number|landline|telefon|telefonnummer|handy|handynummer|mobil
    |mobilnummer|rufnummer|portable|numero de telephone|telefono|movil|celular|tlf|tfno|telefone|telemovel|cellulare|telefoon|telefoonnummer|mobiel|puhelin|puhelinnumero|matkapuhelin|telefonnr
    |mobiltelefon|komorka|nr telefonu|cep telefonu|телефон|мобильный|τηλεφωνο|κινητο|电话|电话号码|手机|手机号|電話|電話番号|携帯|携帯電話|전화번호|전화|휴대폰|الهاتف|هاتف|رقم الهاتف|dien thoai|so dien thoai|sdt|telepon|no hp|फोन
    |تلفن|موبایل|شماره تماس|شماره تلفن|فون نمبر|טלפון|נייד|โทรศัพท์|เบอร์โทร|เบอร์โทรศัพท์|ტელეფონი|հեռախոս|মোবাইল|ফোন|رقم الجوال|جوال`,
  postcode: `zip cd|postanski broj|пощенски код|postiindeks|pasta indekss|pasto kodas|zip5|pcode|p code|郵便|postcode|post code|postal code|postalcode|postal|zip|zip code|zipcode|pin code|pincode|eircode|plz|postleitzahl|code postal|cp|codigo postal|cod postal|cep|codice postale|cap|postnummer|postnr
    |post nr|postinumero|kod pocztowy|psc|iranyitoszam|irsz|posta kodu|почтовый индекс|индекс|поштовий індекс|ταχυδρομικος κωδικας|τκ|邮编|邮政编码|郵遞區號|郵便番号|우편번호|الرمز البريدي|ma buu dien|ma buu chinh|kode pos
    |کد پستی|מיקוד|รหัสไปรษณีย์|საფოსტო ინდექსი`,
  houseNumber: `hno|h no|house|house number|house no|house nr|house num|street number|street no|street num|street nr|unit number|unit no|flat number|flat no|apartment number|apt number|apt no|apt nr|building number|building no
    |lot number|lot no|door number|hausnummer|hausnr|haus nr|hnr|numero de rue|no rue|num rue|numero de calle|num calle|numero da casa|numero civico|civico|huisnummer|huisnr|husnummer|husnr|talonumero|nr domu
    |cislo popisne|cislo domu|hazszam|номер дома|дом|门牌号|番地`,
  sex: `geschl|sugu|dzimums|lytis|m w|w m|m v|h f|k m|sex|gender|m f|male female|geschlecht|sexe|genre|sexo|genero|sesso|genere|geslacht|kon|kjonn|sukupuoli|plec|pohlavi|pohlavie|spol|nem|cinsiyet|пол|стать|φυλο|性别|性別|성별|الجنس|جنس|gioi tinh|phai
    |jenis kelamin|लिंग|เพศ
    |جنسیت|מין|מגדר|სქესი|սեռ|লিঙ্গ`,
  email: `email|e mail|email address|mail|correo|correo electronico|courriel|эл почта|邮箱|メール|이메일`,
  address: `address|addr|address line|address 1|address1|address 2|address2|street|street name|street address|road|residence|residential address|home address|anschrift|adresse|strasse|str|strassenname|rue|voie
    |direccion|calle|domicilio|endereco|morada|rua|logradouro|indirizzo|via|residenza|adres|straat|straatnaam|gatuadress|gata|gate|gateadresse|vej|vejnavn|osoite|katuosoite|katu|ulica|adres zamieszkania|ulice
    |adresa|utca|cim|lakcim|strada|sokak|cadde|адрес|улица|адреса|вулиця|διευθυνση|οδος|地址|住址|家庭住址|住所|주소|العنوان|عنوان|dia chi|alamat|पता|ที่อยู่
    |آدرس|نشانی|پتہ|כתובת|მისამართი|հասցե|ঠিকানা`,
  place: `suburb|city|town|locality|village|place|municipality|city town|town city|place of residence|residence town|place of birth|birth place|birthplace|pob|ort|wohnort|stadt|gemeinde|ortsname|geburtsort|ville|commune
    |localite|lieu de naissance|lieu naissance|ciudad|municipio|localidad|poblacion|lugar de nacimiento|cidade|naturalidade|local de nascimento|citta|comune|localita|luogo di nascita|comune di nascita|plaats|woonplaats
    |gemeente|stad|geboorteplaats|postort|fodelseort|by|bynavn|poststed|fodested|fodselssted|kaupunki|kunta|postitoimipaikka|syntymapaikka|miasto|miejscowosc|gmina|miejsce urodzenia|mesto|obec|misto narozeni|varos|telepules
    |szuletesi hely|oras|localitate|localitatea|sehir|ilce|dogum yeri|город|населенный пункт|место рождения|місто|πολη|城市|市|市町村|市区町村|出生地|도시|출생지|المدينة|مدينة|thanh pho|noi sinh|kota|tempat lahir|शहर
    |شهر|محل تولد|עיר|ישוב|מקום לידה|จังหวัด|อำเภอ|ตำบล|ქალაქი|քաղաք|শহর|জেলা`,
  name: `first|last|eesnimi|perekonnanimi|vards|uzvards|vardas|pavarde|first name|firstname|given name|given names|givenname|given|forename|forenames|fname|f name|middle name|middlename|mname|second name|middle initial|initial|initials|christian name|nickname|alias|preferred name|name first
    |surname|last name|lastname|family name|familyname|family|lname|l name|sname|name last|maiden name|birth name|previous name|former name|full name|fullname|person name|patient name|customer name|client name|name|names
    |vorname|vornamen|rufname|nachname|name nachname|familienname|zuname|geburtsname|madchenname|prenom|prenoms|nom|nom de famille|nom famille|nom de naissance|nom naissance|nom usuel|nom usage|nom jeune fille|nom complet
    |nombre|nombres|primer nombre|segundo nombre|nombre completo|apellido|apellidos|primer apellido|segundo apellido|apellido 1|apellido 2|apellido paterno|apellido materno|nome|nomes|primeiro nome|nome proprio|nome completo
    |sobrenome|apelido|ultimo nome|nome da mae|cognome|nome e cognome|voornaam|voornamen|roepnaam|tussenvoegsel|achternaam|familienaam|geslachtsnaam|meisjesnaam|naam|voorletters|fornamn|tilltalsnamn|efternamn|namn|fornavn
    |mellomnavn|mellemnavn|etternavn|efternavn|slektsnavn|navn|etunimi|etunimet|kutsumanimi|sukunimi|nimi|imie|drugie imie|imiona|nazwisko|nazwisko rodowe|imie i nazwisko|jmeno|krestni jmeno|prijmeni|rodne prijmeni|meno
    |priezvisko|ime|prezime|priimek|keresztnev|utonev|vezeteknev|csaladnev|nev|prenume|nume|nume de familie|isim|adi|soyad|soyadi|soyisim|ad soyad|ad|имя|отчество|фамилия|фио|прізвище|ім я|по батькові|ονομα|επωνυμο
    |πατρωνυμο|名|名字|姓名|姓|姓氏|氏名|名前|苗字|名字|氏|이름|성명|성|الاسم|اسم|اسم العائلة|الاسم الاول|اللقب|ten|ho|ho ten|ho va ten|ten dem|nama|nama depan|nama belakang|nama lengkap|नाम|ชื่อ|นามสกุล
    |mother s name|mothers name|mother name|father s name|fathers name|father name|spouse name|mother s maiden name
    |نام|نام خانوادگی|نام و نام خانوادگی|نام پدر|نام مادر|ولدیت|שם|שם פרטי|שם משפחה|שם האב|שם מלא|ชื่อ นามสกุล|ชื่อสกุล|სახელი|გვარი|անուն|ազգանուն|հայրանուն|নাম|পিতার নাম|মাতার নাম`,
  rowId: `id|ids|identifier|uuid|guid|key|index|row|rec|record|record id|rec id|row id|row number|row no|record number|record no|rec no|case number|case no|case id|serial|serial number|serial no|serialno|seq|sequence|no|nr|num
    |patient id|patient number|patient no|patid|pid|person id|personid|subject id|study id|studyid|participant id|customer id|client id|member id|account|account number|mrn|medical record number|hospital number|urn|chart number
    |nummer|lfd nr|laufende nummer|fallnummer|fall nr|patientennummer|patienten id|personen id|identifiant|numero de dossier|no dossier|numero dossier|identificador|numero de historia|nhc|codigo paciente|identificativo
    |kundennummer|kenmerk|patientnummer|lopnr|lopenummer|lobenr|tunniste|identyfikator|numer|azonosito|sorszam|номер|код|编号|序号|病历号|番号|整理番号|患者番号|번호|환자번호|رقم|ma so|stt|nomor`,
  title:
    'title|salutation|prefix|name prefix|name suffix|suffix|anrede|titel|titre|civilite|tratamiento|titulo|titolo|aanhef|tytul|titulek|敬称|称谓',
  longText:
    'title|description|product|product name|item|author|authors|author s|publication|venue|journal|company|organisation|organization|employer|school|titel|auteur|autor|autoren',
  group: `state|province|county|country|region|district|territory|ethnicity|ethnic|ethnic group|race|nationality|citizenship|religion|language|group|grp|category|class|type|status|department|dept|ward|clinic|site|centre|center|hospital
    |diagnosis|treatment|arm|study arm|cohort|occupation|education|education level|smoker|smoking|smoking status|marital|marital status|stage|grade|year|quarter|outcome|result|exposure|severity|area|zone|sector|branch|product type
    |bundesland|land|kanton|landkreis|kreis|bezirk|gruppe|kategorie|klasse|typ|art|abteilung|station|diagnose|behandlung|beruf|bildung|schulabschluss|raucher|familienstand|staatsangehorigkeit|nationalitat|konfession|jahr
    |departement|pays|groupe|categorie|classe|service|diagnostic|traitement|profession|niveau|niveau d etudes|fumeur|situation familiale|etat civil|nationalite|annee|statut|provincia|estado|comunidad autonoma|pais|grupo|categoria
    |clase|tipo|servicio|diagnostico|profesion|ocupacion|nivel de estudios|estudios|fumador|estado civil|nacionalidad|uf|distrito|escolaridade|profissao|raca|raca cor|situacao|regione|paese|gruppo|classe|reparto|diagnosi
    |professione|titolo di studio|fumatore|stato civile|nazionalita|provincie|regio|land|groep|afdeling|beroep|opleiding|roker|burgerlijke staat|nationaliteit|lan|landsting|fylke|kommune|kommun|maakunta|wojewodztwo|powiat
    |grupa|zawod|wyksztalcenie|stan cywilny|kraj|okres|skupina|megye|csoport|judet|jud|grup|il|bolge|область|регион|район|группа|категория|диагноз|профессия|образование|περιφερεια|νομος|ομαδα|省|省份|地区|区|民族|婚姻状况|职业
    |学历|诊断|都道府県|県|診断|職業|지역|시도|진단|직업|المحافظة|المنطقة|الجنسية|tinh|dan toc|nghe nghiep|provinsi|pekerjaan|agama
    |استان|تحصیلات|شغل|وضعیت تاهل|מחוז|מצב משפחתי|อาชีพ|การศึกษา|ศาสนา`,
  number: `age|age years|age at|income|salary|wage|wages|cost|costs|price|amount|weight|height|bmi|score|value|rate|dose|days|hours|minutes|years|visits|count|charge|charges|expenditure|pressure|systolic|diastolic|bp|sbp|dbp|hba1c
    |cholesterol|glucose|level|distance|size|total|number of|length of stay|los|duration|revenue|balance|payment|spending|children|alter|einkommen|gehalt|lohn|kosten|preis|betrag|gewicht|grosse|groesse|korpergrosse|punkte|wert
    |anzahl|dauer|verweildauer|tage|age ans|revenu|salaire|cout|prix|montant|poids|taille|nombre de|duree|edad|ingreso|ingresos|renta|salario|sueldo|coste|costo|precio|importe|peso|talla|altura|estatura|puntuacion|numero de hijos
    |idade|renda|custo|preco|valor|eta|reddito|stipendio|prezzo|importo|altezza|leeftijd|inkomen|salaris|prijs|bedrag|lengte|aantal|alder|inkomst|inntekt|indkomst|lon|vikt|vekt|vaegt|langd|hoyde|hojde|ika|tulot|paino|pituus|wiek
    |dochod|zarobki|waga|wzrost|kwota|vek|prijem|vaha|vyska|eletkor|jovedelem|suly|magassag|varsta|venit|greutate|inaltime|yas|gelir|kilo|boy|возраст|доход|зарплата|вес|рост|сумма|ηλικια|εισοδημα|βαρος|υψος|年龄|年齡|年齢|收入
    |体重|身高|身長|所得|年収|费用|金额|金額|나이|연령|소득|체중|키|العمر|الدخل|الوزن|tuoi|thu nhap|can nang|chieu cao|umur|usia|pendapatan|berat|tinggi|आयु|उम्र
    |سن|درآمد|وزن|قد|עלות|גיל|הכנסה|משקל|גובה|อายุ|รายได้|น้ำหนัก|ส่วนสูง|ასაკი|տարիք|বয়স|আয়|عمر`,
} as const;

export type Concept = keyof typeof CONCEPTS;

/** Letters from which on a phrase is found inside of words written together, as in PATIENTDATEOFBIRTH. */
const TOGETHER = 7;
const SHORT = 3;
/** Short words that mean nothing else, also within a longer header such as `patient_sex`. */
const TELLING = new Set(['sex', 'dob', 'yob', 'zip', 'plz', 'ssn', 'пол']);

interface Phrase {
  readonly concept: Concept;
  readonly phrase: string;
}

/** Two of these are a word; two letters are part of many. */
const IDEOGRAPHS = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const isLatin = (phrase: string) => /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{N} ]+$/u.test(phrase);
const joined = (phrase: string) => phrase.replaceAll(' ', '');
/** `name 2` and `address1` are headers of a second name and of an address. */
const withoutNumber = (header: string) => header.replace(/ ?\d+$/, '');

const PHRASES: readonly Phrase[] = Object.entries(CONCEPTS).flatMap(([concept, list]) =>
  list.split('|').map((phrase) => ({ concept: concept as Concept, phrase: foldHeader(phrase.trim()) })),
);
const LATIN = PHRASES.filter(({ phrase }) => isLatin(phrase));

function byKey(entries: Iterable<readonly [string, Phrase]>): ReadonlyMap<string, readonly Phrase[]> {
  const found = new Map<string, Phrase[]>();
  for (const [key, phrase] of entries) found.set(key, [...(found.get(key) ?? []), phrase]);
  return found;
}

/** What a header that says nothing else says. */
const WHOLE = byKey(PHRASES.flatMap((one) => [...new Set([one.phrase, joined(one.phrase)])].map((key) => [key, one])));
/** Found as words of a longer header, by their first word. */
const AMONG_WORDS = byKey(
  LATIN.filter(({ phrase }) => phrase.length > SHORT || TELLING.has(phrase)).map((one) => [
    one.phrase.split(' ', 1)[0] ?? '',
    one,
  ]),
);
/** Found inside of words, by their first two letters. */
const INSIDE = byKey(
  [
    ...LATIN.map(({ concept, phrase }) => ({ concept, phrase: joined(phrase) })).filter(
      ({ phrase }) => phrase.length >= TOGETHER,
    ),
    ...PHRASES.filter(({ phrase }) => !isLatin(phrase) && phrase.length > (IDEOGRAPHS.test(phrase) ? 1 : 2)),
  ].map((one) => [one.phrase.slice(0, 2), one]),
);

function saidOnlyBy(header: string): Set<Concept> {
  const keys = [header, joined(header), withoutNumber(header)];
  return new Set(keys.flatMap((key) => (WHOLE.get(key) ?? []).map(({ concept }) => concept)));
}

const saidBy = remembered((header: string): ReadonlySet<Concept> => {
  const said = saidOnlyBy(header);
  const words = header.split(' ');
  for (const [at, word] of words.entries()) {
    const rest = `${words.slice(at).join(' ')} `;
    for (const { concept, phrase } of AMONG_WORDS.get(word) ?? []) if (rest.startsWith(`${phrase} `)) said.add(concept);
  }
  const together = joined(header);
  for (let at = 0; at + 1 < together.length; at++) {
    const found = INSIDE.get(together.slice(at, at + 2)) ?? [];
    for (const { concept, phrase } of found) if (together.startsWith(phrase, at)) said.add(concept);
  }
  return said;
});

/** Whether a folded header says this and nothing else. */
export const saysOnly = (header: string, concept: Concept): boolean => saidOnlyBy(header).has(concept);

/** Whether a folded header says this. */
export const says = (header: string, concept: Concept): boolean => saidBy(header).has(concept);

/** Whether a header, folded or not, says anything that columns are for. */
export const saysAnything = remembered((header: string): boolean => {
  const folded = foldHeader(header);
  return folded !== '' && saidBy(folded).size > 0;
});
