import { plainName } from '../column-names.ts';

/** What the names of columns, and words in them, tell about a file that nobody has described. Compared as plainName leaves them. */

const CURRENCY =
  /^(order|invoice|payment|transaction|converted|settlement|presentment|base|store)?(currency|currencycode|currencyiso|isocurrency|currencyisocode|currencysymbol|ccy|cur|curr|währung|waehrung|währungscode|waehrungscode|devise|moneda|divisa|moeda|valuta|waluta|валюта|通貨|币种|货币)$/u;

/** A column of currency codes. */
export function isCurrencyColumn(name: string): boolean {
  return CURRENCY.test(name);
}

const STATUS =
  /(status|state|statut|estado|stato|situação|situacao|zustand|статус|状态|狀態|状態|ステータス|상태|durumu?|trạngthái|stav)$/u;
const KINDS = new Set(
  'type typ eventtype transactiontype recordtype entrytype paymenttype ordertype transaktionstyp transaktionsart vorgangsart buchungsart art typedetransaction tipo tipodetransacción tipodetransaccion tipooperazione reportingcategory category kind'.split(
    ' ',
  ),
);
/** Of what is sent, and of where the customer lives: nothing about money. */
const OTHER_STATUS =
  /(fulfil|ship|deliver|versand|liefer|livraison|envío|envio|billing|address|marital|tax|customer|product|subscri|配送|物流|发货|發貨|発送|出荷|배송|kargo|teslimat)/u;

/** A column that tells kinds of rows rather than the state of an order. */
export function isStatusKind(name: string): boolean {
  return KINDS.has(plainName(name));
}

/** A column that may tell sales from what is none. */
export function isStatusColumn(name: string): boolean {
  return KINDS.has(name) || (STATUS.test(name) && !OTHER_STATUS.test(name));
}

const YES = /^(true|t|yes|y|1|x|ja|oui|sí|si|sim)$/iu;
const NO = /^(false|f|no|n|0|nein|non|não)$/iu;
const FILLED = /^(order)?(cancell?ed|void(ed)?|deleted|storniert)(at|on|am|date|time)$/u;

/** Columns that say by a flag, or by a time, that a row is no sale. */
const FLAGS: readonly { readonly name: RegExp; readonly isNone: (value: string) => boolean }[] = [
  { name: FILLED, isNone: (value) => !isNothing(value) },
  {
    name: /^(is)?(cancell?ed|void(ed)?|deleted|test|testorder|testmode|storniert)$/u,
    isNone: (value) => YES.test(value),
  },
  { name: /^(is)?(paid|bezahlt|payé)$/u, isNone: (value) => NO.test(value) },
];

/** A column of such flags or times. */
export function isFlagColumn(name: string): boolean {
  return FLAGS.some((flag) => flag.name.test(name));
}

/** A column whose filled cells say, each with a time of its own, that the row is no sale. */
export function isFilledFlag(name: string): boolean {
  return FILLED.test(name);
}

const REFUND =
  /(refund|rückerstatt|rueckerstatt|erstattet|erstattung|rembours|reembols|rimbors|terugbetaal|chargeback)|^(returns?|returned|(amount|total)returned|returned(amount|total|value)|retouren?|retourniert|gutschrift(sbetrag)?)$/u;

/** A column that tells what was given back. */
export function isRefundColumn(name: string): boolean {
  return REFUND.test(name);
}

const PRICE = /^unitamount$|price|preis|prix|precio|prezzo|preço|prijs/u;
/** Of a whole row or order, not of one piece. */
const WHOLE = /(total|gesamt|summe|subtotal|extended|totale|totaal)/u;

export function isPriceColumn(name: string): boolean {
  return PRICE.test(name) && !WHOLE.test(name);
}

const QUANTITY =
  /^((order|ordered|item|items|sold|lineitem|product)?(quantity|qty)(ordered|sold|shipped|invoiced|purchased)?|units(sold)?|pieces|pcs|itemssold|numberofitems|menge|bestellmenge|anzahl|stück|stueck|stk|quantité|quantite|qté|qte|cantidad|cant|quantità|quantita|qtà|quantidade|qtd|aantal)$/u;

export function isQuantityColumn(name: string): boolean {
  return QUANTITY.test(name);
}

const ORDER =
  /^(order|orderid|ordernumber|orderno|ordernr|order#|invoice|invoiceid|invoiceno|invoicenumber|invoicenr|bestellnummer|bestellnr|auftragsnummer|rechnungsnummer|rechnungsnr|belegnummer|commande|numérodecommande|numerodecommande|facture|pedido|numerodepedido|factura|ordine|fattura|bestelnummer|factuurnummer|receiptid|receiptnumber|basketid|saleid)$/u;
const TRANSACTION =
  /^(transactionid|transaction|transactionno|transactionnumber|paymentid|chargeid|purchaseid|balancetransactionid|eventid|receipt|txnid|txid|transaktionsid|transaktionscode|id)$/u;

/** A column that names an order, whose lines repeat it. */
export function isOrderColumn(name: string): boolean {
  return ORDER.test(name);
}

/** A column that names a transaction, or an order: equal rows with the same one are the same row twice. */
export function isKeyColumn(name: string): boolean {
  return ORDER.test(name) || TRANSACTION.test(name);
}

/** Beginnings of words for what was given back: English, German, French, Spanish, Italian, Portuguese, Dutch. */
const BACK_STEMS =
  'refund chargeback charge-back revers rückerstatt rueckerstatt zurückerstatt zurueckerstatt erstatt rückbuch rueckbuch rückzahl rückgabe rücksend rücklast ruecklast zurückge zurueckge widerruf retour gutschrift rembours reembols devuel devoluc devolv rimbors reso rimborso estorn terugbetaal creditnota contracargo возврат'.split(
    ' ',
  );
const BACK_WORDS = new Set('return returned returns avoir abono'.split(' '));
/** Whole texts for what was given back: Chinese, Japanese, Korean, Turkish, Vietnamese, Czech, Swedish. */
const BACK_TEXTS = texts(`
  退款|已退款|退款成功|退款完成|全额退款|全額退款|部分退款|已部分退款|退货|已退货|退貨|已退貨
  返金|返金済|返金済み|全額返金|全額返金済み|一部返金|一部返金済み|返品|返品済|返品済み
  환불|환불됨|환불 완료|환불완료|부분 환불|부분환불|부분 환불됨|전액 환불|전액환불|반품|반품 완료|반품완료
  iade|iade edildi|iade edilmiş|para iadesi|kısmi iade|kısmen iade edildi|geri ödendi
  hoàn tiền|đã hoàn tiền|đã hoàn|hoàn trả|đã hoàn trả|đã trả hàng|trả hàng|hoàn tiền một phần|đã hoàn tiền một phần
  vráceno|vrácena|vrácená|vrácený|vrácen|vráceny peníze|částečně vráceno|refundováno|refundována
  återbetald|återbetalad|återbetalning|delvis återbetald|returnerad|retur|krediterad`);
const BACK_PHRASES = /credit[\s_-]*(memo|note)|not[ae] (de|di) cr[eéè]dito|note de crédit/u;

/** Beginnings of words for what is no sale. */
const STEMS =
  'cancel canceled cancelled storn fail void pending draft disput declin denied reject expir abandon abort unpaid uncollect incomplet invalid overdue fraud await uncaptur abgebroch abbruch abbrech fehlgeschlag gescheitert abgelehnt abgelaufen ausstehend unbezahlt ungültig ungueltig unvollständig wart entwurf mahn annul anul échou echou échec echec refus impay brouillon litige fallid fallit pendient rechazad borrador impagad caducad cancelad rifiutat bozza sospes scadut pendent recusad rascunho aguard geannuleerd mislukt geweigerd onbetaald openstaand afwacht vervallen verlopen payout withdrawal auszahlung virement retrait отмен ожида'.split(
    ' ',
  );
const WORDS = new Set(
  'test hold trial open error timeout quote proforma authorized authorised unfulfilled attente prueba espera attesa requires requires_payment_method fee fees gebühr transfer memo payout deleted trash spam estimate undelivered rto gelöscht offen offene angebot devis presupuesto preventivo concept'.split(
    ' ',
  ),
);
/** Whole texts for what is no sale, in the same languages. */
const NO_SALE_TEXTS = texts(`
  取消|已取消|订单取消|订单已取消|訂單取消|訂單已取消|交易取消|交易已取消|交易关闭|交易關閉|待付款|待支付|等待付款|等待买家付款
  未付款|未支付|失败|失敗|支付失败|付款失败|付款失敗|交易失败|已拒绝|已拒絕|已过期|已過期|已作废|草稿
  キャンセル|キャンセル済|キャンセル済み|注文キャンセル|取消済|取消済み|取り消し|取り消し済み|失敗しました|決済失敗|支払い失敗
  未払い|未入金|支払い待ち|支払待ち|入金待ち|決済待ち|保留|保留中|期限切れ|下書き
  취소|취소됨|취소 완료|취소완료|주문 취소|주문취소|주문 취소됨|결제 취소|결제취소|실패|실패함|결제 실패|결제실패
  미결제|미입금|결제 대기|결제대기|결제 대기 중|입금 대기|입금대기|대기|대기 중|대기중|보류|보류 중|보류중|거절됨|만료됨
  iptal|iptal edildi|iptal edilmiş|başarısız|başarısız oldu|beklemede|bekliyor|ödeme bekleniyor|ödeme bekliyor
  onay bekliyor|reddedildi|ödenmedi|süresi doldu|taslak
  hủy|huỷ|đã hủy|đã huỷ|bị hủy|bị huỷ|đã bị hủy|đơn hàng đã hủy|thất bại|thanh toán thất bại|không thành công
  chờ thanh toán|đang chờ|đang chờ thanh toán|đang chờ xử lý|chưa thanh toán|từ chối|đã từ chối|hết hạn|nháp
  zrušeno|zrušena|zrušená|zrušený|zrušené|zrušen|selhalo|selhala|neúspěšné|neúspěšná|neúspěšný|neúspěšná platba|platba selhala
  čeká na platbu|čeká na zaplacení|čekající|nezaplaceno|nezaplacená|nezaplacené|neuhrazeno|zamítnuto|odmítnuto|koncept
  avbruten|avbrutet|avbokad|makulerad|misslyckad|misslyckades|misslyckat|väntande|väntar|väntar på betalning|inväntar betalning
  obetald|obetalt|nekad|avvisad|utgången|utkast`);
const PHRASES =
  /(?<!\p{L})(not|non|nicht|no|não|nao|niet)[\s_-]*(paid|payée?|bezahlt|pagad[oa]|pag[oa]|pagat[oa]|betaald)(?!\p{L})|written[\s_-]*off/u;

/** True for the value of a status that says that money was given back. */
export function isGivenBack(value: string): boolean {
  return holds(value, BACK_STEMS, BACK_WORDS, BACK_PHRASES) || BACK_TEXTS.has(folded(value));
}

/** True for the value of a status that holds a word for what is no sale. @param column its name, where a flag means so by it */
export function isNoSale(value: string, column = ''): boolean {
  const name = plainName(column);
  const flagged = FLAGS.some((flag) => flag.name.test(name) && flag.isNone(value.trim()));
  return flagged || isGivenBack(value) || holds(value, STEMS, WORDS, PHRASES) || NO_SALE_TEXTS.has(folded(value));
}

/** Texts between bars or line breaks. */
function texts(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/[|\n]/).map(folded));
}

/** A text without case, marks between words, and points on its i: Turkish has one with and one without. */
function folded(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\u0307/g, '')
    .replaceAll('ı', 'i')
    .replace(/[\s_-]+/g, ' ')
    .trim();
}

function holds(value: string, stems: readonly string[], whole: ReadonlySet<string>, phrases: RegExp): boolean {
  const text = value.toLowerCase();
  const words = text.match(/[\p{L}]+/gu) ?? [];
  return phrases.test(text) || words.some((word) => whole.has(word) || stems.some((stem) => word.startsWith(stem)));
}

const GIVEN_BACK =
  /^(refund|return|revers|chargeback|erstatt|rückerstatt|rueckerstatt|rückbuch|rueckbuch|rückgabe|retour|rembours|reembols|devuel|devoluc|devolv|rimbors|estorn|terugbetaal|возврат|storn)/u;

/** True for the value of a status that holds a word for what was sold and given back. */
export function isRefundWord(value: string): boolean {
  const words = value.toLowerCase().match(/[\p{L}]+/gu) ?? [];
  return words.some((word) => GIVEN_BACK.test(word)) || BACK_TEXTS.has(folded(value));
}

/** True for the value of a status that says it holds for a part alone. */
export function isPartWord(value: string): boolean {
  return /part|teil|parcial|parzial|gedeelt|部分|一部|부분|kısm|một phần|částečn|delvis/iu.test(value);
}

/** True for a cell of a refund column that says nothing was given back. */
export function isNothing(value: string): boolean {
  return /^(|[-+]?[^\p{L}\p{N}]*0*([.,]0*)?[^\p{L}\p{N}]*|false|f|no|n|none|nein|non|não|nao|nee|n\/a|null|nan)$/iu.test(
    value,
  );
}
