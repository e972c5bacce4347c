import { monthOf, plainWord } from './month-words.ts';

/** Weekdays, full and short, each word where it comes first. A further language is a further line. */
const LANGUAGES = {
  en: 'sunday sun monday mon tuesday tue wednesday wed thursday thu friday fri saturday sat',
  de: 'sonntag so montag mo dienstag di mittwoch mi donnerstag do freitag fr samstag sa',
  fr: 'dimanche dim lundi lun mardi mar mercredi mer jeudi jeu vendredi ven samedi sam',
  es: 'domingo dom lunes martes miercoles mie jueves jue viernes vie sabado sab',
  pt: 'segunda-feira seg terca-feira ter quarta-feira qua quinta-feira qui sexta-feira sex',
  it: 'domenica lunedi martedi mercoledi giovedi gio venerdi sabato',
  nl: 'zondag zo maandag ma dinsdag woensdag wo donderdag vrijdag vr zaterdag za',
  id: 'minggu min senin sen selasa sel rabu rab kamis kam jumat jum sabtu',
  ms: 'ahad ahd isnin isn khamis kha jumaat',
  tr: 'pazar paz pazartesi pzt sali sal carsamba car persembe per cuma cum cumartesi cmt',
  ru: 'воскресенье вс понедельник пн вторник вт среда ср четверг чт пятница пт суббота сб',
  uk: 'неділя нд понеділок вівторок середа четвер пʼятниця субота',
  bg: 'неделя понеделник сряда четвъртък петък събота',
  sr: 'недеља нед понедељак пон уторак уто сре четвртак чет петак пет суб',
  pl: 'niedziela niedz poniedziałek pon wtorek wt sroda sr czwartek czw piatek pt sobota sob',
  cs: 'nedele ne pondeli po utery ut streda st ctvrtek ct patek pa',
  sk: 'nedela pondelok utorok stvrtok piatok pi',
  hr: 'nedjelja ned ponedjeljak utorak uto srijeda sri cetvrtak cet petak pet subota sub',
  sl: 'nedelja ponedeljek torek tor sreda sre cetrtek petek',
  sv: 'sondag son mandag man tisdag tis onsdag ons torsdag tors fredag fre lordag lor',
  da: 'søndag søn tirsdag tirs lørdag lør',
  nb: 'tir',
  fi: 'sunnuntai su maanantai tiistai ti keskiviikko ke torstai to perjantai pe lauantai la',
  hu: 'vasarnap v hetfo h kedd k szerda sze csutortok cs pentek p szombat szo',
  ro: 'duminica dum luni marti miercuri joi vineri vin sambata',
  el: 'κυριακη κυρ δευτερα δευ τριτη τρι τεταρτη τετ πεμπτη πεμ παρασκευη παρ σαββατο σαβ',
  vi: 'cn',
  th: 'วันอาทิตย์ อาทิตย์ วันจันทร์ จันทร์ วันอังคาร อังคาร วันพุธ พุธ วันพฤหัสบดี พฤหัส วันศุกร์ ศุกร์ วันเสาร์ เสาร์',
  ja: '日曜日 日 月曜日 月 火曜日 火 水曜日 水 木曜日 木 金曜日 金 土曜日 土',
  ko: '일요일 일 월요일 월 화요일 화 수요일 수 목요일 목 금요일 금 토요일 토',
  zh: '星期日 周日 星期一 周一 星期二 周二 星期三 周三 星期四 周四 星期五 周五 星期六 周六',
  ar: 'الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت',
  he: 'שבת',
  fa: 'یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه جمعه شنبه',
} as const;

const WEEKDAYS = new Set(Object.values(LANGUAGES).flatMap((words) => words.split(' ').map(plainWord)));

/** True for a word that is a weekday and no month: `mar` is both. In any case, with or without a point behind it. */
export function isWeekday(word: string): boolean {
  return WEEKDAYS.has(plainWord(word)) && monthOf(word) === undefined;
}
