/**
 * Month words in lower case and without accents, full and short, nominative and genitive, by month: those of CLDR, and what
 * systems write besides. A word that means one month here and another there means none (see monthOf). A further language is a
 * further line.
 */
const LANGUAGES = {
  en: 'january jan|february feb|march mar|april apr|may|june jun|july jul|august aug|september sep sept|october oct|november nov|december dec',
  de: 'januar jan janner|februar feb feber|marz mar maerz mrz|april apr|mai|juni jun|juli jul|august aug|september sep sept|oktober okt|november nov|dezember dez',
  fr: 'janvier janv jan|fevrier fevr fev|mars|avril avr|mai|juin|juillet juil|aout aou|septembre sept sep|octobre oct|novembre nov|decembre dec',
  es: 'enero ene|febrero feb febr|marzo mar|abril abr|mayo may|junio jun|julio jul|agosto ago|septiembre sept setiembre sep set|octubre oct|noviembre nov|diciembre dic',
  pt: 'janeiro jan|fevereiro fev|marco mar|abril abr|maio mai|junho jun|julho jul|agosto ago|setembro set|outubro out|novembro nov|dezembro dez',
  it: 'gennaio gen|febbraio feb|marzo mar|aprile apr|maggio mag|giugno giu|luglio lug|agosto ago|settembre set sett|ottobre ott|novembre nov|dicembre dic',
  nl: 'januari jan|februari feb|maart mrt|april apr|mei|juni jun|juli jul|augustus aug|september sep|oktober okt|november nov|december dec',
  af: 'januarie jan|februarie feb|maart mrt|april apr|mei|junie jun|julie jul|augustus aug|september sep|oktober okt|november nov|desember des',
  id: 'januari jan|februari feb|maret mar|april apr|mei|juni jun|juli jul|agustus agu agt ags|september sep|oktober okt|november nov nop|desember des',
  ms: 'januari jan|februari feb|mac|april apr|mei|jun|julai jul|ogos ogo|september sep|oktober okt|november nov|disember dis',
  tr: 'ocak oca|subat sub|mart mar|nisan nis|mayis may|haziran haz|temmuz tem|agustos agu|eylul eyl|ekim eki|kasim kas|aralik ara',
  th: 'มกราคม ม.ค|กุมภาพันธ์ ก.พ|มีนาคม มี.ค|เมษายน เม.ย|พฤษภาคม พ.ค|มิถุนายน มิ.ย|กรกฎาคม ก.ค|สิงหาคม ส.ค|กันยายน ก.ย|ตุลาคม ต.ค|พฤศจิกายน พ.ย|ธันวาคม ธ.ค',
  ru: 'январь января янв|февраль февраля февр фев|март марта мар|апрель апреля апр|маи мая|июнь июня июн|июль июля июл|август августа авг|сентябрь сентября сент сен|октябрь октября окт|ноябрь ноября нояб ноя|декабрь декабря дек',
  uk: 'січень січня січ|лютии лютого лют|березень березня бер|квітень квітня квіт|травень травня трав|червень червня черв|липень липня лип|серпень серпня серп|вересень вересня вер|жовтень жовтня жовт|листопад листопада лист|грудень грудня груд',
  be: 'студзень студзеня сту|люты лютага лют|сакавік сакавіка сак|красавік красавіка кра|маи мая|чэрвень чэрвеня чэр|ліпень ліпеня ліп|жнівень жніуня жні|верасень верасня вер|кастрычнік кастрычніка кас|лістапад лістапада ліс|снежань снежня сне',
  bg: 'януари|февруари|март|април|маи|юни|юли|август|септември|октомври|ноември|декември',
  sr: 'јануар јан|фебруар феб|март мар|април апр|мај|јун|јул|август авг|септембар сеп|октобар окт|новембар нов|децембар дец',
  mk: 'јануари јан|февруари фев|март мар|април апр|мај|јуни јун|јули јул|август авг|септември сеп|октомври окт|ноември ное|декември дек',
  pl: 'styczen stycznia sty|luty lutego lut|marzec marca mar|kwiecien kwietnia kwi|maj maja|czerwiec czerwca cze|lipiec lipca lip|sierpien sierpnia sie|wrzesien wrzesnia wrz|pazdziernik pazdziernika paz|listopad listopada lis|grudzien grudnia gru',
  cs: 'leden ledna led|unor unora uno|brezen brezna bre|duben dubna dub|kveten kvetna kve|cerven cervna cvn|cervenec cervence cvc|srpen srpna srp|zari zar|rijen rijna rij|listopad listopadu lis|prosinec prosince pro',
  sk: 'januar januara jan|februar februara feb|marec marca mar|april aprila apr|maj maja|jun juna|jul jula|august augusta aug|september septembra sep|oktober oktobra okt|november novembra nov|december decembra dec',
  hr: 'sijecanj sijecnja sij|veljaca veljace velj|ozujak ozujka ozu|travanj travnja tra|svibanj svibnja svi|lipanj lipnja lip|srpanj srpnja srp|kolovoz kolovoza kol|rujan rujna ruj|listopad listopada lis|studeni studenoga stu|prosinac prosinca pro',
  sl: 'januar jan|februar feb|marec mar|april apr|maj|junij jun|julij jul|avgust avg|september sep|oktober okt|november nov|december dec',
  'sr-Latn':
    'januar jan|februar feb|mart mar|april apr|maj|jun|jul|avgust avg|septembar sep|oktobar okt|novembar nov|decembar dec',
  sv: 'januari jan|februari feb|mars|april apr|maj|juni|juli|augusti aug|september sep|oktober okt|november nov|december dec',
  da: 'januar jan|februar feb|marts mar|april apr|maj|juni jun|juli jul|august aug|september sep|oktober okt|november nov|december dec',
  nb: 'januar jan|februar feb|mars mar|april apr|mai|juni jun|juli jul|august aug|september sep|oktober okt|november nov|desember des',
  is: 'januar jan|februar feb|mars mar|april apr|mai|juni jun|juli jul|agust agu|september sep|oktober okt|november nov|desember des',
  fi: 'tammikuu tammikuuta tammi|helmikuu helmikuuta helmi|maaliskuu maaliskuuta maalis|huhtikuu huhtikuuta huhti|toukokuu toukokuuta touko|kesakuu kesakuuta kesa|heinakuu heinakuuta heina|elokuu elokuuta elo|syyskuu syyskuuta syys|lokakuu lokakuuta loka|marraskuu marraskuuta marras|joulukuu joulukuuta joulu',
  et: 'jaanuar jaan|veebruar veebr|marts|aprill apr|mai|juuni|juuli|august aug|september sept|oktoober okt|november nov|detsember dets',
  lt: 'sausis sausio|vasaris vasario|kovas kovo|balandis balandzio|geguze geguzes|birzelis birzelio|liepa liepos|rugpjutis rugpjucio|rugsejis rugsejo|spalis spalio|lapkritis lapkricio|gruodis gruodzio',
  lv: 'janvaris janv|februaris febr|marts|aprilis apr|maijs|junijs jun|julijs jul|augusts aug|septembris sept|oktobris okt|novembris nov|decembris dec',
  hu: 'januar jan|februar febr|marcius marc|aprilis apr|majus maj|junius jun|julius jul|augusztus aug|szeptember szept|oktober okt|november nov|december dec',
  ro: 'ianuarie ian|februarie feb|martie mar|aprilie apr|mai|iunie iun|iulie iul|august aug|septembrie sept|octombrie oct|noiembrie nov|decembrie dec',
  ca: 'gener gen|febrer febr|marc|abril abr|maig|juny|juliol jul|agost ag|setembre set|octubre oct|novembre nov|desembre des',
  gl: 'xaneiro xan|febreiro feb|marzo mar|abril abr|maio|xuno|xullo xul|agosto ago|setembro set|outubro out|novembro nov|decembro dec',
  el: 'ιανουαριου ιανουαριος ιαν|φεβρουαριου φεβρουαριος φεβ|μαρτιου μαρτιος μαρ|απριλιου απριλιος απρ|μαιου μαιος μαι|ιουνιου ιουνιος ιουν|ιουλιου ιουλιος ιουλ|αυγουστου αυγουστος αυγ|σεπτεμβριου σεπτεμβριος σεπ|οκτωβριου οκτωβριος οκτ|νοεμβριου νοεμβριος νοε|δεκεμβριου δεκεμβριος δεκ',
  ar: 'يناير|فبراير|مارس|أبريل|مايو|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر',
  he: 'ינואר בינואר ינו׳ בינו׳|פברואר בפברואר פבר׳ בפבר׳|מרץ במרץ|אפריל באפריל אפר׳ באפר׳|מאי במאי|יוני ביוני|יולי ביולי|אוגוסט באוגוסט אוג׳ באוג׳|ספטמבר בספטמבר ספט׳ בספט׳|אוקטובר באוקטובר אוק׳ באוק׳|נובמבר בנובמבר נוב׳ בנוב׳|דצמבר בדצמבר דצמ׳ בדצמ׳',
  fa: 'ژانویه ژانویهٔ|فوریه فوریهٔ|مارس|آوریل|مه مهٔ|ژوئن|ژوئیه ژوئیهٔ|اوت|سپتامبر|اکتبر|نوامبر|دسامبر',
  fil: 'enero ene|pebrero peb|marso mar|abril abr|mayo may|hunyo hun|hulyo hul|agosto ago|setyembre set|oktubre okt|nobyembre nob|disyembre dis',
  sw: 'januari jan|februari feb|machi mac|aprili apr|mei|juni jun|julai jul|agosti ago|septemba sep|oktoba okt|novemba nov|desemba des',
  az: 'yanvar yan|fevral fev|mart mar|aprel apr|may|iyun iyn|iyul iyl|avqust avq|sentyabr sen|oktyabr okt|noyabr noy|dekabr dek',
  uz: 'yanvar yan|fevral fev|mart mar|aprel apr|may|iyun iyn|iyul iyl|avgust avg|sentabr sen|oktabr okt|noyabr noy|dekabr dek',
  kk: 'қаңтар қаң|ақпан ақп|наурыз нау|сәуір сәу|мамыр мам|маусым мау|шілде шіл|тамыз там|қыркүиек қыр|қазан қаз|қараша қар|желтоқсан жел',
  ka: 'იანვარი იან|თებერვალი თებ|მარტი მარ|აპრილი აპრ|მაისი მაი|ივნისი ივნ|ივლისი ივლ|აგვისტო აგვ|სექტემბერი სექ|ოქტომბერი ოქტ|ნოემბერი ნოე|დეკემბერი დეკ',
  hy: 'հունվար հունվարի հնվ|փետրվար փետրվարի փտվ|մարտ մարտի մրտ|ապրիլ ապրիլի ապր|մայիս մայիսի մյս|հունիս հունիսի հնս|հուլիս հուլիսի հլս|օգոստոս օգոստոսի օգս|սեպտեմբեր սեպտեմբերի սեպ|հոկտեմբեր հոկտեմբերի հոկ|նոյեմբեր նոյեմբերի նոյ|դեկտեմբեր դեկտեմբերի դեկ',
  sq: 'janar jan|shkurt shk|mars mar|prill pri|maj|qershor qer|korrik korr|gusht gush|shtator sht|tetor tet|nentor nen|dhjetor dhj',
  bs: 'januar jan|februar feb|mart mar|april apr|maj|juni jun|juli jul|august aug|septembar sep|oktobar okt|novembar nov|decembar dec',
  ur: 'جنوری|فروری|مارچ|اپریل|مئی|جون|جولائی|اگست|ستمبر|اکتوبر|نومبر|دسمبر',
  hi: 'जनवरी जन|फ़रवरी फ़र|मार्च|अप्रैल|मई|जून|जुलाई जुल|अगस्त अग|सितंबर सित|अक्टूबर अक्टू|नवंबर नव|दिसंबर दिस',
  bn: 'জানুয়ারি জানু|ফেব্রুয়ারি ফেব|মার্চ|এপ্রিল এপ্রি|মে|জুন|জুলাই জুল|আগস্ট আগ|সেপ্টেম্বর সেপ্ট সেপ|অক্টোবর অক্টো|নভেম্বর নভে|ডিসেম্বর ডিসে',
  ta: 'ஜனவரி ஜன|பிப்ரவரி பிப்|மார்ச் மார்|ஏப்ரல் ஏப்|மே|ஜூன்|ஜூலை|ஆகஸ்ட் ஆக|செப்டம்பர் செப்|அக்டோபர் அக்|நவம்பர் நவ|டிசம்பர் டிச',
  'ar-MA': 'يناير|فبراير|مارس|أبريل|ماي|يونيو|يوليوز|غشت|شتنبر|أكتوبر|نونبر|دجنبر',
  'fr-CA': 'janv|fevr|mars|avr|mai|juin|juill|aout|sept|oct|nov|dec',
} as const;

/** The month of a word that two languages have for different ones: `listopad` is October in Croatian and November in Polish. */
export const SEVERAL = 0;

/** The months of the Persian calendar, in their order. */
const PERSIAN = 'فروردین|اردیبهشت|خرداد|تیر|مرداد امرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند';

/** Months of the Persian calendar are counted from here. */
export const PERSIAN_MONTHS = 12;

const MONTHS = new Map<string, number>();
for (const [i, words] of PERSIAN.split('|').entries())
  for (const word of words.split(' ')) MONTHS.set(plainWord(word), PERSIAN_MONTHS + i + 1);
for (const months of Object.values(LANGUAGES)) {
  for (const [i, words] of months.split('|').entries()) {
    for (const word of words.split(' ').map(plainWord)) {
      const known = MONTHS.get(word) ?? i + 1;
      MONTHS.set(word, known === i + 1 ? known : SEVERAL);
    }
  }
}

/**
 * The month (1 to 12, of the Persian calendar 13 to 24) of a word in any case, with or without a point behind it; SEVERAL, or
 * undefined when it is none.
 */
export function monthOf(word: string): number | undefined {
  return MONTHS.get(plainWord(word));
}

/** A word as it is compared: accents of Latin, Greek and Cyrillic letters go, the marks of other scripts are part of theirs. */
export function plainWord(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]|\.$/g, '')
    .replace(/ı/g, 'i')
    .replace(/ي/g, 'ی')
    .replace(/ك/g, 'ک')
    .normalize('NFC');
}
