/**
 * Names of the months in the languages of Europe and many of Asia, full and short, and their Roman numbers, without capitals.
 * None means different months in two of these languages.
 */
const NAMES: readonly string[] = [
  'january jan januar janvier janv enero ene gennaio gen janeiro januari tammikuu tammi tammikuuta styczen sty stycznia leden led ledna januara ianuarie ian януари ιανουαριου ιαν январь янв января січень січ січня ocak oca sausis sausio janvaris jaanuar jaan gener i يناير ינואר בינואר มกราคม јануар јан јануари janar janner urtarrila urt xaneiro xan eanair ean ionawr ion jannar студзеня сту студзень जनवरी जन জানুয়ারি জানু ஜனவரி ஜன జనవరి జన जानेवारी जाने જાન્યુઆરી જાન્યુ ਜਨਵਰੀ ਜਨ ಜನವರಿ ಜನ ജനുവരി ജനു جنوری ژانویه ינו มค იანვარი იან հունվար հունվարի հնվ yanvar yan қаңтар қаң januarie',
  'february feb februar fevrier fevr febrero febbraio fevereiro fev februari helmikuu helmi helmikuuta luty lut lutego unor uno unora februara febr februarie февруари φεβρουαριου φεβ февраль февр февраля лютии лют лютого subat sub vasaris vasario februaris veebruar veebr febrer ii فبراير פברואר בפברואר กุมภาพันธ์ фебруар феб shkurt shk otsaila ots febreiro feabhra feabh chwefror chwef chw frar fra лютага люты फ़रवरी फ़र ফেব্রুয়ারি ফেব பிப்ரவரி பிப் ఫిబ్రవరి ఫిబ్ర फेब्रुवारी फेब्रु ફેબ્રુઆરી ફેબ્રુ ਫ਼ਰਵਰੀ ਫ਼ਰ ಫೆಬ್ರವರಿ ಫೆಬ್ರ ഫെബ്രുവരി ഫെബ്രു फेब्रुअरी فروری فوریه פבר กพ თებერვალი თებ փետրվար փետրվարի փտվ fevral ақпан ақп pebrero peb',
  'march mar marz mrz mars marzo marco maart mrt marts maaliskuu maalis maaliskuuta marzec marca brezen bre brezna marec marcius marc martie март μαρτιου μαρ марта мар березень бер березня mart kovas kovo iii مارس מרץ במרץ มีนาคม maret martxoa marta mawrth maw marzu сакавіка сак сакавік मार्च মার্চ மார்ச் மார் మార్చి માર્ચ ਮਾਰਚ ಮಾರ್ಚ್ മാർച്ച് മാർ مارچ มีค მარტი მარ մարտ մարտի մրտ наурыз нау machi mac marso',
  'april apr avril avr abril abr aprile huhtikuu huhti huhtikuuta kwiecien kwi kwietnia duben dub dubna aprila aprilis aprilie април απριλιου απρ апрель апр апреля квітень квіт квітня nisan nis balandis balandzio aprill dabril dabr iv أبريل ابريل אפריל באפריל เมษายน prill pri apirila api aibrean aib ebrill ebr красавіка кра красавік अप्रैल এপ্রিল এপ্রি ஏப்ரல் ஏப் ఏప్రిల్ ఏప్రి एप्रिल एप्रि એપ્રિલ ਅਪ੍ਰੈਲ ਅਪ੍ਰੈ ಏಪ್ರಿಲ್ ಏಪ್ರಿ ഏപ്രിൽ ഏപ്രി अप्रिल اپریل اوریل אפר เมย აპრილი აპრ ապրիլ ապրիլի ապր aprel сәуір сәу aprili',
  'may mai mayo maggio mag maio mei maj toukokuu touko toukokuuta maja kveten kve kvetna majus маи μαιου μαι мая травень трав травня mayis geguze geguzes maijs maig v مايو מאי במאי พฤษภาคม мај maiatza bealtaine beal mejju mej मई মে மே మే मे મે ਮਈ ಮೇ മേയ് ميی مه พค მაისი მაი մայիս մայիսի մյս мамыр мам',
  'june jun juni juin junio giugno giu junho kesakuu kesa kesakuuta czerwiec cze czerwca cerven cvn cervna juna junius iunie iun юни ιουνιου ιουν июнь июня июн червень черв червня haziran haz birzelis birzelio junijs juuni junij juny vi يونيو יוני ביוני มิถุนายน јун јуни qershor qer ekaina eka xuno meitheamh meith mehefin meh gunju gun чэрвеня чэр чэрвень जून জুন ஜூன் జూన్ જૂન ਜੂਨ ಜೂನ್ ജൂൺ जुन جون ژوين มิย ივნისი ივნ հունիս հունիսի հնս iyun iyn маусым мау junie hunyo hun',
  'july jul juli juillet juil julio luglio lug julho heinakuu heina heinakuuta lipiec lip lipca cervenec cvc cervence jula julius iulie iul юли ιουλιου ιουλ июль июля июл липень лип липня temmuz tem liepa liepos julijs juuli julij juliol vii يوليو יולי ביולי กรกฎาคม јул јули korrik korr uztaila uzt xullo xul iuil gorffennaf gorff gor lulju lul ліпеня ліп ліпень जुलाई जुल জুলাই জুল ஜூலை జులై जुलै જુલાઈ ਜੁਲਾਈ ਜੁਲਾ ಜುಲೈ ജൂലൈ جولايی ژويیه กค ივლისი ივლ հուլիս հուլիսի հլս iyul iyl шілде шіл julie julai hulyo hul',
  'august aug aout agosto ago augustus augusti elokuu elo elokuuta sierpien sie sierpnia srpen srp srpna augusta augusztus август αυγουστου αυγ авг августа серпень серп серпня agustos agu rugpjutis rugpjucio augusts avgust avg agost ag dagost dag agust viii أغسطس اغسطس אוגוסט באוגוסט สิงหาคม agustus gusht gush abuztua abu ogos ogo lunasa lun awst awwissu aww жніуня жні жнівень अगस्त अग আগস্ট আগ ஆகஸ்ட் ஆக ఆగస్టు ఆగ ऑगस्ट ऑग ઑગસ્ટ ਅਗਸਤ ਅਗ ಆಗಸ್ಟ್ ಆಗ ഓഗസ്റ്റ് ഓഗ अगस्ट اگست اوت אוג สค აგვისტო აგვ օգոստոս օգոստոսի օգս avqust avq тамыз там agosti',
  'september sep sept septembre septiembre settembre set setembro syyskuu syys syyskuuta wrzesien wrz wrzesnia zari zar septembra szeptember szept septembrie септември σεπτεμβριου σεπ сентябрь сент сентября вересень вер вересня eylul eyl rugsejis rugsejo septembris setembre ix سبتمبر ספטמבר בספטמבר กันยายน септембар septembar shtator sht iraila ira mfomh medi settembru верасня верасень सितंबर सित সেপ্টেম্বর সেপ্ট সেপ செப்டம்பர் செப் సెప్టెంబర్ సెప్టెం सप्टेंबर सप्टें સપ્ટેમ્બર સપ્ટે ਸਤੰਬਰ ਸਤੰ ಸೆಪ್ಟೆಂಬರ್ ಸೆಪ್ಟೆಂ സെപ്റ്റംബർ സെപ്റ്റം सेप्टेम्बर ستمبر سپتامبر ספט กย სექტემბერი სექ սեպտեմբեր սեպտեմբերի սեպ sentyabr sen қыркүиек қыр sentabr septemba setyembre',
  'october oct oktober okt octobre octubre ottobre ott outubro out lokakuu loka lokakuuta pazdziernik paz pazdziernika rijen rij rijna oktobra octombrie октомври οκτωβριου οκτ октябрь окт октября жовтень жовт жовтня ekim eki spalis spalio oktobris oktoober doctubre doct x أكتوبر اكتوبر אוקטובר באוקטובר ตุลาคม октобар oktobar tetor tet urria urr dfomh hydref hyd ottubru кастрычніка кас кастрычнік अक्टूबर अक्टू অক্টোবর অক্টো அக்டோபர் அக் అక్టోబర్ అక్టో ऑक्टोबर ऑक्टो ઑક્ટોબર ઑક્ટો ਅਕਤੂਬਰ ਅਕਤੂ ಅಕ್ಟೋಬರ್ ಅಕ್ಟೋ ഒക്ടോബർ ഒക്ടോ अक्टोबर اکتوبر اکتبر אוק ตค ოქტომბერი ოქტ հոկտեմբեր հոկտեմբերի հոկ oktyabr қазан қаз oktabr oktoba oktubre',
  'november nov novembre noviembre novembro marraskuu marras marraskuuta listopad lis listopada listopadu novembra noiembrie ноември νοεμβριου νοε ноябрь нояб ноября листопад лист листопада kasim kas lapkritis lapkricio novembris xi نوفمبر נובמבר בנובמבר พฤศจิกายน новембар нов novembar nentor nen azaroa aza samhain samh tachwedd tach novembru лістапада ліс лістапад नवंबर नव নভেম্বর নভে நவம்பர் நவ నవంబర్ నవం नोव्हेंबर नोव्हें નવેમ્બર નવે ਨਵੰਬਰ ਨਵੰ ನವೆಂಬರ್ ನವೆಂ നവംബർ നവം नोभेम्बर نومبر نوامبر נוב พย ნოემბერი ნოე նոյեմբեր նոյեմբերի նոյ noyabr noy қараша қар novemba nobyembre nob',
  'december dec dezember dez decembre diciembre dic dicembre dezembro desember des joulukuu joulu joulukuuta grudzien gru grudnia prosinec pro prosince decembra decembrie декември δεκεμβριου δεκ декабрь дек декабря грудень груд грудня aralik ara gruodis gruodzio decembris detsember dets desembre xii ديسمبر דצמבר בדצמבר ธันวาคม децембар дец decembar dhjetor dhj abendua abe disember decembro nollaig noll rhagfyr rhag dicembru снежня сне снежань दिसंबर दिस ডিসেম্বর ডিসে டிசம்பர் டிச డిసెంబర్ డిసెం डिसेंबर डिसें ડિસેમ્બર ડિસે ਦਸੰਬਰ ਦਸੰ ಡಿಸೆಂಬರ್ ಡಿಸೆಂ ഡിസംബർ ഡിസം डिसेम्बर دسمبر دسامبر דצמ ธค დეკემბერი დეკ դեկտեմբեր դեկտեմբերի դեկ dekabr dek желтоқсан жел desemba disyembre dis',
];

const SPECIAL: Readonly<Record<string, string>> = { ł: 'l', ø: 'o', ı: 'i', ß: 'ss', đ: 'd', æ: 'ae' };

/** Elsewhere marks are vowels, which tell June from January. */
const VARYING_MARKS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}]\p{Mn}*)\p{Mn}+/gu;

/** A word without capitals, marks and points, for comparing names of months. */
export function foldName(text: string): string {
  const lower = text.toLowerCase();
  if (/^[a-z]*$/.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(VARYING_MARKS, '')
    .replace(/[.'’׳॰]/g, '')
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
