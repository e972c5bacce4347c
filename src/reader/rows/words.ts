import { plainName } from '../column-names.ts';

/** What the names of columns, and words in them, tell about a file that nobody has described. Compared as plainName leaves them. */

const CURRENCY =
  /^(order|invoice|payment|transaction|converted|settlement|presentment|base|store)?(currency|currencycode|currencyiso|isocurrency|currencyisocode|currencysymbol|ccy|cur|curr|währung|waehrung|währungscode|waehrungscode|devise|moneda|divisa|moeda|valuta|waluta|валюта|通貨|币种|货币)$/u;

/** A column of currency codes. */
export function isCurrencyColumn(name: string): boolean {
  return CURRENCY.test(name);
}

const STATUS = /(status|state|statut|estado|stato|situação|situacao|zustand|статус)$/u;
const KINDS = new Set(
  'type typ eventtype transactiontype recordtype entrytype paymenttype ordertype transaktionstyp transaktionsart vorgangsart buchungsart art typedetransaction tipo tipodetransacción tipodetransaccion tipooperazione reportingcategory category kind'.split(
    ' ',
  ),
);
/** Of what is sent, and of where the customer lives: nothing about money. */
const OTHER_STATUS =
  /(fulfil|ship|deliver|versand|liefer|livraison|envío|envio|billing|address|marital|tax|customer|product|subscri)/u;

/** A column that tells kinds of rows rather than the state of an order. */
export function isStatusKind(name: string): boolean {
  return KINDS.has(plainName(name));
}

/** A column that may tell sales from what is none. */
export function isStatusColumn(name: string): boolean {
  return KINDS.has(name) || (STATUS.test(name) && !OTHER_STATUS.test(name));
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
const BACK_PHRASES = /credit[\s_-]*(memo|note)|not[ae] (de|di) cr[eéè]dito|note de crédit/u;

/** Beginnings of words for what is no sale. */
const STEMS =
  'cancel canceled cancelled storn fail void pending draft disput declin denied reject expir abandon abort unpaid uncollect incomplet invalid overdue fraud await uncaptur abgebroch abbruch abbrech fehlgeschlag gescheitert abgelehnt abgelaufen ausstehend unbezahlt ungültig ungueltig unvollständig wart entwurf mahn annul anul échou echou échec echec refus impay brouillon litige fallid fallit pendient rechazad borrador impagad caducad cancelad rifiutat bozza sospes scadut pendent recusad rascunho aguard geannuleerd mislukt geweigerd onbetaald openstaand afwacht vervallen verlopen payout withdrawal auszahlung virement retrait отмен ожида'.split(
    ' ',
  );
const WORDS = new Set(
  'test hold trial open error timeout quote proforma authorized authorised unfulfilled attente prueba espera attesa requires requires_payment_method fee fees gebühr transfer memo payout deleted trash gelöscht offen offene angebot devis presupuesto preventivo concept'.split(
    ' ',
  ),
);
const PHRASES =
  /(?<!\p{L})(not|non|nicht|no|não|nao|niet)[\s_-]*(paid|payée?|bezahlt|pagad[oa]|pag[oa]|pagat[oa]|betaald)(?!\p{L})|written[\s_-]*off/u;

/** True for the value of a status that says that money was given back. */
export function isGivenBack(value: string): boolean {
  return holds(value, BACK_STEMS, BACK_WORDS, BACK_PHRASES);
}

/** True for the value of a status that holds a word for what is no sale. */
export function isNoSale(value: string): boolean {
  return isGivenBack(value) || holds(value, STEMS, WORDS, PHRASES);
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
  return words.some((word) => GIVEN_BACK.test(word));
}

/** True for the value of a status that says it holds for a part alone. */
export function isPartWord(value: string): boolean {
  return /part|teil|parcial|parzial|gedeelt/iu.test(value);
}

/** True for a cell of a refund column that says nothing was given back. */
export function isNothing(value: string): boolean {
  return /^(|[-+]?[^\p{L}\p{N}]*0*([.,]0*)?[^\p{L}\p{N}]*|false|f|no|n|none|nein|non|não|nao|nee|n\/a|null|nan)$/iu.test(
    value,
  );
}
