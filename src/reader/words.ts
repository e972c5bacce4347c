import { plainName } from './column-names.ts';

/** What the names of columns, and words in them, tell about a file that nobody has described. Compared as plainName leaves them. */

const CURRENCY =
  /^(order|invoice|payment|transaction|converted|settlement|presentment|base|store)?(currency|currencycode|currencyiso|währung|waehrung|währungscode|waehrungscode|devise|moneda|divisa|moeda|valuta|waluta|валюта|通貨|币种|货币)$/u;

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
  /(refund|rückerstatt|rueckerstatt|erstattet|erstattung|rembours|reembols|rimbors|terugbetaal|chargeback)/u;

/** A column that tells what was given back. */
export function isRefundColumn(name: string): boolean {
  return REFUND.test(name);
}

const PRICE =
  /^(price|unitprice|unitamount|itemprice|priceperunit|lineitemprice|saleprice|salesprice|preis|einzelpreis|stückpreis|stueckpreis|prix|prixunitaire|precio|preciounitario|prezzo|prezzounitario|preço|preçounitário|precounitario|prijs)$/u;

export function isPriceColumn(name: string): boolean {
  return PRICE.test(name);
}

const QUANTITY =
  /^(quantity|qty|quantityordered|lineitemquantity|itemquantity|units|menge|anzahl|stück|stueck|quantité|quantite|cantidad|quantità|quantita|quantidade|aantal)$/u;

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

/** Beginnings of words for what is no sale: English, German, French, Spanish, Italian, Portuguese, Dutch. */
const STEMS =
  'cancel canceled cancelled fail void pending refund draft chargeback charge-back disput declin reject expir abandon unpaid incomplet revers uncaptur storn abgebroch abbruch fehlgeschlag abgelehnt ausstehend unbezahlt rückerstatt rueckerstatt erstatt entwurf rückbuch rueckbuch zurückgez widerruf annul rembours échou echou refus impay brouillon litige reembols fallid pendient rechazad borrador devuel devoluc impagad cancelad rimbors fallit rifiutat bozza pendent recusad rascunho estorn devolv geannuleerd terugbetaal mislukt geweigerd onbetaald openstaand payout withdrawal auszahlung virement retrait отмен возврат ожида'.split(
    ' ',
  );
const WORDS = new Set(
  'test hold trial authorized authorised unfulfilled return returned returns retour rückgabe attente prueba espera attesa requires requires_payment_method fee fees gebühr transfer memo payout deleted trash gelöscht offen'.split(
    ' ',
  ),
);

/** True for the value of a status that holds a word for what is no sale. */
export function isNoSale(value: string): boolean {
  const words = value.toLowerCase().match(/[\p{L}]+/gu) ?? [];
  return words.some((word) => WORDS.has(word) || STEMS.some((stem) => word.startsWith(stem)));
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
  return /^(|[-+]?[^\p{L}\p{N}]*0*([.,]0*)?[^\p{L}\p{N}]*|false|no|none|nein|non|n\/a|null|-)$/iu.test(value);
}
