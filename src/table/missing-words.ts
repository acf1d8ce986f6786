/** Words that people and programs write where there is no value, folded as `normaliseWord` folds. */
import { CURRENCY_LETTERS } from './numbers.ts';

/** A bar or a line parts words. */
const splitWords = (list: string): readonly string[] => list.trim().split(/\s*[|\n]\s*/);

/** Words of the usual languages, and what programs write. */
const WORDS = splitWords(`
  n/a|#n/a|#n/a n/a|#na|<na>|n.a.|n. a.|#null!|#value!|#ref!|#div/0!|#name?|#num!|(null)|\\n|[null]|<null>|null|nan|-nan
  1.#qnan|-1.#ind|nat|undefined|-|--|---|.|..|...|?|??|???|_|__|*|/|–|—|…|x?|・|-/-|declined|prefer not to say|withheld
  pending|not asked|not tested|to be confirmed|missing|unknown|not known|not available|not applicable|not stated
  not recorded|not specified|not provided|not reported|no data|no answer|no response|unspecified|undisclosed|don't know
  dont know|k.a.|k. a.|keine angabe|keine angaben|unbekannt|fehlt|fehlend|nicht bekannt|ohne angabe|weiss nicht|inconnu
  inconnue|manquant|non renseigne|non renseignee|non disponible|non communique|sans reponse|donnee manquante|desconocido
  desconocida|se desconoce|sin dato|sin datos|no consta|no disponible|s/d|n/d|n/c|no sabe|desconhecido|desconhecida
  ignorado|ausente|nao informado|nao informada|sem informacao|nao disponivel|sem dados|sconosciuto|sconosciuta|mancante
  non disponibile|non noto|non nota|non pervenuto|dato mancante|n.d.|n. d.|onbekend|ontbreekt|niet bekend
  niet beschikbaar|geen gegevens|n.v.t.|nvt|n.b.|okand|okant|saknas|uppgift saknas|ej angivet|ej kant|ukendt|mangler
  ikke oplyst|uoplyst|ukjent|ikke oppgitt|mangler data|tuntematon|puuttuu|ei tiedossa|ei tietoa|nieznany|nieznana
  nieznane|brak|brak danych|nie podano|nie dotyczy|neznamy|neznama|nezname|neznamo|chybi|chyba|neuvedeno|neuvedene
  nezistene|ismeretlen|hianyzik|nincs adat|necunoscut|necunoscuta|lipsa|nepoznato|nedostaje|nema podataka|bilinmiyor
  belirtilmemis|bilinmeyen|eksik|неизвестно|неизвестен|неизвестна|нет данных|н/д|отсутствует|не указано|не указан
  не указана|невідомо|немає даних|αγνωστο|αγνωστος|αγνωστη|δεν υπαρχει|μη διαθεσιμο|לא ידוע|חסר|غير معروف|غير متوفر
  لا يوجد|مجهول|نامعلوم|نامشخص|अज्ञात|उपलब्ध नहीं|लागू नहीं|অজানা|ไม่ทราบ|ไม่ระบุ|ไม่มีข้อมูล|khong ro|khong biet
  khong co|tidak diketahui|tidak ada|不明|不詳|不详|未知|未詳|無|无|缺失|欠損|欠测|未記入|未入力|該当なし|不適用|不适用|없음|모름|미상|알 수 없음|해당 없음|(blank)
  (missing)|(unknown)|(none)|{null}|n/k|n/i|n/p|ns/nc|ns/nr|1.#ind|1.#inf|-1.#inf|#error!|#error|#num|****|***|**|....|~
  - -|skipped|inapplicable|not done|no information|ne sais pas|pas de reponse|nao sabe|nao respondeu|non so|non risponde
  sem resposta|no contesta|no responde|sin respuesta|sin informacion|niet ingevuld|weet niet|geen antwoord|ej svar
  vet ej|vet ikke|ved ikke|ikke besvart|ikke besvaret|en tieda|ei vastausta|keine antwort|nicht erhoben|nicht erfasst
  verweigert|nie wiem|odmowa|brak odpowiedzi|neni znamo|nevim|neodpovedel|neviem|nem tudja|nem valaszolt|nu stiu
  nespecificat|bilmiyorum|cevap yok|yanitlamadi|veri yok|не знаю|нет ответа|не определено|не відомо|няма данни|непознато
  няма|δεν γνωριζω|δεν απαντω|δ/υ|δ/α|δγ/δα|teadmata|ei ole teada|nezinoma|nezinomas|nera duomenu|nav zinams|nav datu
  nepoznat|nepoznata|無回答|未回答|記載なし|未記載|欠測|无数据|無資料|拒答|保密|무응답|해당없음|알수없음|정보없음
  n/a.|n.a|na.|n.v.|n.r.|=na()|nan%|--.--|-.-|-,-|(leer)|(vide)|(vacio)|(en blanco)|(vuoto)|(vazio)|(leeg)|(пусто)|(puste)
  angabe verweigert|keine daten|trifft nicht zu|nicht zutreffend|nicht anwendbar|entfallt|weiss nicht/keine angabe|kein eintrag
  ne sait pas|ne se prononce pas|non concerne|non concernee|sans objet|non applicable|refus de repondre|pas de donnees|aucune reponse
  no aplica|no aplicable|no procede|rehusa contestar|no responde/no sabe|no sabe/no contesta|sin especificar|no especificado
  nao se aplica|nao aplicavel|nao sabe/nao respondeu|prefere nao responder|sem registro|sem registo
  non applicabile|non risposto|non specificato|non indicato|rifiuta|dato non disponibile
  niet van toepassing|weet niet/geen antwoord|wil niet zeggen|geweigerd|niet gevraagd|geen opgave
  inte tillampligt|ej tillampligt|vill ej svara|vet inte|ikke relevant|onsker ikke a svare|ved ikke/vil ikke svare
  ei sovellu|ei halua vastata|ei osaa sanoa|trudno powiedziec|nie mam zdania|nie udzielono|nelze urcit|neodpovedelo|nehodici se
  neaplikovatelne|nem relevans|nem ismert|nu este cazul|nu se aplica|fara raspuns|ne znam|bez odgovora|nije primjenjivo|ni podatka
  не применимо|неприменимо|затрудняюсь ответить|отказ от ответа|не стосується|не знаю/нет ответа|не приложимо|δεν ισχυει|δεν γνωριζω/δεν απαντω
  uygulanamaz|uygulanmaz|fikrim yok|לא רלוונטי|לא יודע|ללא תשובה|لا ينطبق|لا أعرف|بدون إجابة|पता नहीं|कोई उत्तर नहीं|ไม่มี|ไม่เกี่ยวข้อง
  khong ap dung|khong tra loi|tidak berlaku|tidak tahu|tiada maklumat|わからない|分からない|不知道
  not avail.|unavail|unavailable|unk.|unkn|not kn.|no info|no value|missing value|missing data|not given|nicht angegeben|nicht ermittelt
  nicht bestimmt|nicht erhebbar|nicht verfugbar|unbek.|n.bek.|n. bek.|weiss ich nicht|non precise|non precisee|non specifie
  non specifiee|non determine|non determinee|ne sait pas/refus|non repondu|aucune donnee|sin determinar|no especifica|no precisa
  no definido|no contesto|nao especificado|nao especificada|nao definido|em branco|sem info|non definito|non rilevato
  non conosciuto|dato assente|nessun dato|onbek.|niet opgegeven|niet van toep.|nieznany/a|nie wiadomo|brak inf.|nie okreslono|bez podania
  nevyplneno|nezadano|neuvedeno/a|nem adott|nem tudom|nedefinit|bilgi yok|tanimsiz|нет информации|не известно|нет сведений
  неизв.|не заполнено|χωρις απαντηση|غير محدد|غير معلوم|لا توجد بيانات|نامعین|ثبت نشده|نمیداند|پاسخ نداده|अनुपलब्ध|जानकारी नहीं|ज्ञात नहीं
  ไม่ทราบ/ไม่ตอบ|ไม่ได้ระบุ|不知|未知/拒答|未填写|未填寫|暂无|暫無|未详|未提供|不明/無回答|情報なし|データなし|未測定|測定なし|該当無し|非該当|미확인|자료없음|데이터 없음|응답없음|모름/무응답
  khong co du lieu|khong xac dinh|chua ro|tidak ada data|ei vastattu|ei mitattu|vet ej/vill ej svara|ej ifyllt|ikke angivet|ikke kjent
  uoppgitt|othekkt|ekki vitad|непознат|нема податоци|nuk dihet|i panjohur|nije poznato|ni znano|na_character_|na_integer_|na_real_|pd.na
  #nv|#n/v|#n/d|#н/д|#n/b|#nd|#n/disp|#getting_data
  skipped (logic)|logical skip|valid skip|don't know/refused|refused to answer|not collected|not measured|not entered|left blank
`);

/** Also labels, initials or codes of countries. */
const AMBIGUOUS = splitWords(`
  na|none|nil|nd|nk|dk|uk|ka|ns|nr|refused|inf|-inf|infinity|error|err|rf|dnk|nc|nsp|n.k.|n.i.|b.d.|empty|blank|void
  keine|aucun|aucune|ninguno|nenhum|nessuno|geen|inget|zadny|нет|tba|tbc|nb|oa|o.a.|s.d.|tbd|xx|xxx|xxxx|#|test
  belirsiz|nicht bestimmbar|ندارد|没有|沒有|пусто
`);

/** Names of people and towns, and abbreviations of much else. */
const NAMES = splitWords(`
  unk|ohne|vide|leer|yok|ni|bd|nincs|kosong|n/s|s/i|s/r|b/d|н/у|k.a|k. a|n.s.p.|δ.α.
`);

/** Beside numbers they may be zeros. */
const ZEROS =
  'none (none) nil keine ohne aucun aucune ninguno ninguna nenhum nenhuma nessuno nessuna geen inget zadny нет yok nincs ندارد 没有 沒有 無 无 없음 なし';

/** `  N/A ` and `n/a` are one word, `Unbekannt` and `unbekannt`, `não informado` and `NAO INFORMADO`. */
export function normaliseWord(value: string): string {
  const text = value.trim().toLowerCase();
  if (/^[\x20-\x7e]*$/.test(text)) return text;
  // Marks go from Latin and Greek letters only: elsewhere they tell words apart.
  return text
    .normalize('NFKD')
    .replace(/(?<=[\p{Script=Latin}\p{Script=Greek}])\p{Mn}+/gu, '')
    .normalize('NFC')
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o');
}

const folded = (words: readonly string[]): ReadonlySet<string> => new Set(words.map(normaliseWord));

const MISSING_WORDS = folded(WORDS);
const AMBIGUOUS_WORDS = folded(AMBIGUOUS);
const NAME_WORDS = folded(NAMES);
const ZERO_WORDS = folded(ZEROS.split(' '));
/** Whether a word for no value may mean the number zero. */
export const mayMeanZero = (value: string): boolean => ZERO_WORDS.has(normaliseWord(value));
/** Nobody is called so, in spite of being one word of letters. */
const NOBODYS_NAME = new Set(['unknown', 'missing', 'unspecified', 'undisclosed', 'undefined']);
const MAX_WORD_LENGTH = Math.max(...[...MISSING_WORDS, ...AMBIGUOUS_WORDS, ...NAME_WORDS].map(({ length }) => length));
/** In small letters, capitals, and with a capital. */
const SPELLINGS = new Set(
  [...WORDS, ...AMBIGUOUS, ...NAMES].flatMap((word) => [
    word,
    word.toUpperCase(),
    word.charAt(0).toUpperCase() + word.slice(1),
  ]),
);

/** `[missing]`, `<n/a>`, `*unknown*`, `MISSING!`. */
const AROUND = /^[\s[({<"'«*]+|[\s\])}>"'»*!]+$/g;
const MAY_BE_AROUND = /^[[({<"'«*]|[\])}>"'»*!]$| \/|\/ /;
/** A word without what programs and people put around it, and without blanks around bars. */
const bareWord = (word: string): string =>
  MAY_BE_AROUND.test(word) ? word.replace(AROUND, '').replace(/ ?\/ ?/g, '/') : word;
/** What spreadsheets write in the cells of formulas that fail, in any language: `#WERT!`, `#¡VALOR!`, `#NAME?`. */
const FORMULA_ERROR = /^#[^\s\d#]{2,18}[!?]$/u;

const LONG_DASH = 16;
/** A dash, and what a spreadsheet's format for accounts makes of zero: `$ -`, `- €`. `PCR-` is the result of a test. */
const DASH = new RegExp(
  String.raw`^(?:\p{Sc}\s*|(?:${CURRENCY_LETTERS})\s+)?[-–—]{1,2}(?:\s*\p{Sc}|\s+(?:${CURRENCY_LETTERS}))?$`,
  'u',
);
export const isDash = (value: string): boolean => value.length < LONG_DASH && DASH.test(value);

/** The special missing values of SAS and Stata: `.A` to `.Z`, `._`. */
const SAS_MISSING = /^\.[A-Za-z_]$/;

/** Whether a value is a usual spelling of such a word: quick, for going through millions of values. */
export const isMissingSpelling = (value: string): boolean =>
  SPELLINGS.has(value) || (value.length === 2 && SAS_MISSING.test(value));

/**
 * What is known of a value that stands for none: it is `certain` wherever it stands, a `word` may be somebody's name (`Null`,
 * `Brak`), what is `ambiguous` a label too (`NA`, `none`), and a `name` stands for none beside numbers and dates alone
 * (`Leer`, `Ni`, `CHF -`).
 */
export function missingWord(value: string): 'certain' | 'word' | 'ambiguous' | 'name' | undefined {
  if (value.length > MAX_WORD_LENGTH + 4) return undefined;
  if (isDash(value)) return /\p{L}/u.test(value) ? 'name' : 'certain';
  if (SAS_MISSING.test(value) || FORMULA_ERROR.test(value)) return 'certain';
  const written = normaliseWord(value);
  if (NAME_WORDS.has(written)) return 'name';
  if (AMBIGUOUS_WORDS.has(written)) return 'ambiguous';
  const word = MISSING_WORDS.has(written) ? written : bareWord(written);
  if (!MISSING_WORDS.has(word)) return undefined;
  return NOBODYS_NAME.has(word) || /[^\p{L}\p{M}]/u.test(word) ? 'certain' : 'word';
}
