/** Words that head sums and other figures of a table, and what notes below one begin with. */

const SUMS =
  'totals?|sum|summe|gesamt(?:summe|ergebnis)?|ergebnis|eindtotaal|genel toplam|جمع(?: کل)?|総合計|총합계|합 계|מספר כולל|insgesamt|zwischensumme|summa|totale?|totaal|totalt|total general|suma|soma|subtotals?|sous-total|tussentotaal|delsumma|razem|ogółem|celkem|spolu|összesen|toplam|yhteensä|ukupno|skupaj|kokku|kopā|iš viso|итого|всего|усього|разом|общо|σύνολο|合计|总计|小计|合計|総計|小計|합계|총계|소계|المجموع|إجمالي|סה"כ|סך הכל|कुल|योग|รวม|tổng(?: cộng)?|jumlah';
const FIGURES =
  'mean|average|avg\\.?|median|std\\.?(?: ?dev\\.?)?|standard deviation|minimum|maximum|mittelwert|durchschnitt|mittel|standardabweichung|anzahl|moyenne|écart[- ]type|médiane|media|promedio|mediana|média|desviación estándar|gemiddelde|medelvärde|gennemsnitt?|keskiarvo|średnia|průměr|átlag|ortalama|среднее|平均|평균|count|n ?=|checksum|all(?: persons| people| patients| rows| ages)?|alle(?: personen)?|everyone|tous|toutes|todos|tutti|allemaal|wszyscy|все|全部|全体';

/** At the beginning, with what it is the sum of behind; `North Total` as spreadsheets write it. */
const SUM = new RegExp(String.raw`^(?:(?:grand|sub|sous|over)[- ]?)?(?:${SUMS})(?!\p{L})`, 'iu');
const SUM_BEHIND = /\s(?:(?:grand )?total|sum|summe|gesamt|ergebnis)\s*:?$/iu;
const FIGURE = new RegExp(String.raw`^(?:${FIGURES})\s*[:=]?\s*$`, 'iu');
const MAX_LENGTH = 60;

/** Whether a value heads a sum, or another figure of all rows, by its words alone: people may be called so as well. */
export function saysSum(text: string): boolean {
  if (text === '' || text.length > MAX_LENGTH || /^\d/.test(text)) return false;
  return SUM.test(text) || FIGURE.test(text) || SUM_BEHIND.test(text);
}

/** `* provisional`, `(12 rows)`, `Source: registry`, `# exported`, `---`, `EOF`; long texts. */
const NOTE =
  /^(?:[#*†‡(=©+_-]|\d{1,2}\)|\p{L}[\p{L} ]{1,30}:|(?:end of|eof|trl|trailer|page|seite|note|source|quelle|fonte|fuente|stand|exported|created|printed|generated)(?!\p{L}))|\d+ (?:rows?|records?|zeilen|datensätze|lignes|filas|righe)/iu;
const LONG = 80;

export const isNoteLike = (text: string): boolean => text.length > LONG || saysSum(text) || NOTE.test(text);
