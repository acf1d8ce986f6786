/**
 * Names of the months in the languages of Europe and some others, full and short, and their Roman numbers, without capitals.
 * None means different months in two of these languages.
 */
const NAMES: readonly string[] = [
  'january jan januar janvier janv enero ene gennaio gen janeiro januari tammikuu tammi tammikuuta styczen sty stycznia leden led ledna januara ianuarie ian януари ιανουαριου ιαν январь янв января січень січ січня ocak oca sausis sausio janvaris jaanuar jaan gener i يناير ינואר בינואר มกราคม јануар јан јануари janar janner urtarrila urt xaneiro xan eanair ean ionawr ion jannar студзеня сту студзень',
  'february feb februar fevrier fevr febrero febbraio fevereiro fev februari helmikuu helmi helmikuuta luty lut lutego unor uno unora februara febr februarie февруари φεβρουαριου φεβ февраль февр февраля лютии лют лютого subat sub vasaris vasario februaris veebruar veebr febrer ii فبراير פברואר בפברואר กุมภาพันธ์ фебруар феб shkurt shk otsaila ots febreiro feabhra feabh chwefror chwef chw frar fra лютага люты',
  'march mar marz mars marzo marco maart mrt marts maaliskuu maalis maaliskuuta marzec marca brezen bre brezna marec marcius marc martie март μαρτιου μαρ марта мар березень бер березня mart kovas kovo iii مارس מרץ במרץ มีนาคม maret martxoa marta mawrth maw marzu сакавіка сак сакавік',
  'april apr avril avr abril abr aprile huhtikuu huhti huhtikuuta kwiecien kwi kwietnia duben dub dubna aprila aprilis aprilie април απριλιου απρ апрель апр апреля квітень квіт квітня nisan nis balandis balandzio aprill dabril dabr iv أبريل ابريل אפריל באפריל เมษายน prill pri apirila api aibrean aib ebrill ebr красавіка кра красавік',
  'may mai mayo maggio mag maio mei maj toukokuu touko toukokuuta maja kveten kve kvetna majus маи μαιου μαι мая травень трав травня mayis geguze geguzes maijs maig v مايو מאי במאי พฤษภาคม мај maiatza bealtaine beal mejju mej',
  'june jun juni juin junio giugno giu junho kesakuu kesa kesakuuta czerwiec cze czerwca cerven cvn cervna juna junius iunie iun юни ιουνιου ιουν июнь июня июн червень черв червня haziran haz birzelis birzelio junijs juuni junij juny vi يونيو יוני ביוני มิถุนายน јун јуни qershor qer ekaina eka xuno meitheamh meith mehefin meh gunju gun чэрвеня чэр чэрвень',
  'july jul juli juillet juil julio luglio lug julho heinakuu heina heinakuuta lipiec lip lipca cervenec cvc cervence jula julius iulie iul юли ιουλιου ιουλ июль июля июл липень лип липня temmuz tem liepa liepos julijs juuli julij juliol vii يوليو יולי ביולי กรกฎาคม јул јули korrik korr uztaila uzt xullo xul iuil gorffennaf gorff gor lulju lul ліпеня ліп ліпень',
  'august aug aout agosto ago augustus augusti elokuu elo elokuuta sierpien sie sierpnia srpen srp srpna augusta augusztus август αυγουστου αυγ авг августа серпень серп серпня agustos agu rugpjutis rugpjucio augusts avgust avg agost ag dagost dag agust viii أغسطس اغسطس אוגוסט באוגוסט สิงหาคม agustus gusht gush abuztua abu lunasa lun awst awwissu aww жніуня жні жнівень',
  'september sep sept septembre septiembre settembre set setembro syyskuu syys syyskuuta wrzesien wrz wrzesnia zari zar septembra szeptember szept septembrie септември σεπτεμβριου σεπ сентябрь сент сентября вересень вер вересня eylul eyl rugsejis rugsejo septembris setembre ix سبتمبر ספטמבר בספטמבר กันยายน септембар septembar shtator sht iraila ira mfomh medi settembru верасня верасень',
  'october oct oktober okt octobre octubre ottobre ott outubro out lokakuu loka lokakuuta pazdziernik paz pazdziernika rijen rij rijna oktobra octombrie октомври οκτωβριου οκτ октябрь окт октября жовтень жовт жовтня ekim eki spalis spalio oktobris oktoober doctubre doct x أكتوبر اكتوبر אוקטובר באוקטובר ตุลาคม октобар oktobar tetor tet urria urr dfomh hydref hyd ottubru кастрычніка кас кастрычнік',
  'november nov novembre noviembre novembro marraskuu marras marraskuuta listopad lis listopada listopadu novembra noiembrie ноември νοεμβριου νοε ноябрь нояб ноября листопад лист листопада kasim kas lapkritis lapkricio novembris xi نوفمبر נובמבר בנובמבר พฤศจิกายน новембар нов novembar nentor nen azaroa aza samhain samh tachwedd tach novembru лістапада ліс лістапад',
  'december dec dezember dez decembre diciembre dic dicembre dezembro desember des joulukuu joulu joulukuuta grudzien gru grudnia prosinec pro prosince decembra decembrie декември δεκεμβριου δεκ декабрь дек декабря грудень груд грудня aralik ara gruodis gruodzio decembris detsember dets desembre xii ديسمبر דצמבר בדצמבר ธันวาคม децембар дец decembar dhjetor dhj abendua abe decembro nollaig noll rhagfyr rhag dicembru снежня сне снежань',
];

const SPECIAL: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', ı: 'i', ß: 'ss', đ: 'd', æ: 'ae' };

/** A word without capitals, marks and points, for comparing names of months. */
export function foldName(text: string): string {
  const lower = text.toLowerCase();
  if (/^[a-z]*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/[\p{Mn}.'’]/gu, '')
    .replace(/[łøıßđæ]/g, (letter) => SPECIAL[letter] ?? letter);
}

/** Of which `listopad`, `lip` and `srp` are other months than in Polish and Czech. */
const CROATIAN: readonly string[] = [
  'sijecnja sij sijecanj',
  'veljace velj veljaca',
  'ozujka ozu ozujak',
  'travnja tra travanj',
  'svibnja svi svibanj',
  'lipnja lip lipanj',
  'srpnja srp srpanj',
  'kolovoza kol kolovoz',
  'rujna ruj rujan',
  'listopada lis listopad',
  'studenoga studenog stu studeni',
  'prosinca pro prosinac',
];

const byName = (names: readonly string[]) =>
  new Map(names.flatMap((list, i) => list.split(' ').map((name): [string, number] => [foldName(name), i + 1])));

function withBeginnings(whole: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const months = new Map<string, number>();
  for (const [name, month] of whole) {
    // From three letters on a beginning will do, where it is the same month's in every language.
    for (let length = 3; length < name.length; length++) {
      const start = name.slice(0, length);
      months.set(start, (months.get(start) ?? month) === month ? month : 0);
    }
  }
  return new Map([...months, ...whole]);
}

const OTHER_MONTHS = byName(NAMES);
const CROATIAN_MONTHS = byName(CROATIAN);
const MONTHS = withBeginnings(new Map([...CROATIAN_MONTHS, ...OTHER_MONTHS]));
const WORD = /\p{L}{3,}/gu;

/** Whether some of these dates have names of months that are Croatian alone. */
export function speaksCroatian(dates: Iterable<string>): boolean {
  for (const date of dates) {
    for (const [word] of date.matchAll(WORD)) {
      const name = foldName(word);
      if (CROATIAN_MONTHS.has(name) && !OTHER_MONTHS.has(name)) return true;
    }
  }
  return false;
}

/** 1 to 12; 0 for what is no month, or the beginning of several. */
export function monthNumber(name: string, isCroatian = false): number {
  const folded = foldName(name);
  return (isCroatian ? CROATIAN_MONTHS.get(folded) : undefined) ?? MONTHS.get(folded) ?? 0;
}
