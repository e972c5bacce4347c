import { withoutDirection } from './text/text-fold.ts';

/** What a transaction must have. */
export const ROLES = ['customer', 'date', 'amount'] as const;
export type Role = (typeof ROLES)[number];

/**
 * Names are compared without case, blanks, underscores, hyphens and marks of direction, and a leading star, which marks what a
 * template wants filled in.
 */
export function plainName(name: string): string {
  return withoutDirection(name.toLowerCase()).replace(/^\*|[\s_-]/gu, '');
}

/** The names below are compared without accents, periods, apostrophes and signs of numbers either: "Kunden-Nr.", "Nº de cliente". */
function bareName(name: string): string {
  return plainName(name)
    .normalize('NFD')
    .replace(/[\p{M}.'’°º]/gu, '');
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/**
 * Names that head the column of a role, the usual ones first; those after them are looked at only where none of the usual ones is
 * there: an e-mail address knows the customer where no id does, and "data" is a date in Italian and Portuguese alone. All others
 * are alike: where two are there, neither is taken, `customer_id` beside `customer` included, since either may be the shop's own.
 * Left out on purpose: names of a person, unit prices in other languages, plurals that may be counts ("clients", "Kunden"), dates
 * of a creation that may be the customer's. Net and gross amounts are both in it, so that one beside the other is never taken.
 */
const NAMES: Readonly<Record<Role, readonly ReadonlySet<string>[]>> = {
  customer: [
    words(`
      customer customerid customerno customernumber client clientid user userid account accountid buyer buyerid
      customer# customercode custid custno clientno clientnumber clientcode buyeruserid buyerusername memberid membernumber
      kunde kundennummer kundennr kundenid kundeid kundencode kdnr debitor debitornummer debitorennummer debitornr debitorennr
      kaufer kaeufer mitgliedsnummer mitgliedsnr
      idclient numeroclient numclient noclient nclient codeclient refclient referenceclient identifiantclient acheteur
      cliente idcliente clienteid codigocliente codigodecliente codigodelcliente numerocliente numerodecliente nocliente
      nodecliente ncliente ndecliente iddecliente iddelcliente comprador
      codicecliente idacquirente acquirente codigodocliente numerodocliente iddocliente
      klant klantid klantnummer klantnr klantcode koper debiteur debiteurnummer debiteurnr`),
    words(`
      email emailaddress customeremail customeremailaddress clientemail useremail buyeremail buyeremailaddress billingemail
      contactemail purchaseemail emailadresse kundenemail kundeemail kundenemailadresse courriel adresseemail emailclient
      emailduclient correoelectronico emailcliente emaildelcliente indirizzoemail emaildocliente emailadres klantemail`),
  ],
  date: [
    words(`
      date orderdate transactiondate invoicedate purchasedate paymentdate timestamp createdat datetime day
      saledate salesdate dateofsale dateofpurchase orderedat purchasedat orderdatetime transactiondatetime
      datum bestelldatum rechnungsdatum kaufdatum verkaufsdatum auftragsdatum zahlungsdatum belegdatum buchungsdatum
      transaktionsdatum zeitstempel
      datecommande datedecommande datedelacommande dateachat datedachat datefacture datedefacture datedefacturation datevente
      datedevente datepaiement datedepaiement datetransaction datedetransaction
      fecha fechapedido fechadepedido fechadelpedido fechacompra fechadecompra fechafactura fechadefactura fechaventa
      fechadeventa fechapago fechadepago fechatransaccion fechadetransaccion
      dataordine datadellordine dataacquisto datadiacquisto datafattura datavendita datapagamento datatransazione
      datapedido datadopedido datacompra datadacompra datavenda datadavenda datafatura datadafatura datadopagamento
      besteldatum orderdatum factuurdatum aankoopdatum verkoopdatum betaaldatum transactiedatum`),
    words('data'),
  ],
  amount: [
    words(`
      amount total price ordertotal totalprice totalamount revenue sales value netamount ordervalue spend
      grandtotal grossamount saleamount salesamount orderamount transactionamount transactionvalue transactiontotal
      paymentamount purchaseamount purchasevalue invoiceamount invoicetotal amountpaid paidamount totalpaid totalspent
      totalrevenue totalsales totalvalue
      betrag summe umsatz gesamtbetrag gesamtsumme gesamtpreis rechnungsbetrag rechnungssumme bestellwert bestellsumme
      auftragswert zahlbetrag erlos erloes nettobetrag bruttobetrag betragnetto betragbrutto nettoumsatz bruttoumsatz
      montant montanttotal montantht montantttc totalht totalttc montantcommande montantdelacommande totalcommande
      totaldelacommande prixtotal somme chiffredaffaires
      importe importetotal monto montototal valor valortotal totalpedido totaldelpedido totalcompra preciototal ventas ingresos
      importo importototale totale totaleordine valore valoreordine prezzototale fatturato ricavo
      montante quantia valordopedido valordacompra totaldopedido precototal receita faturamento
      bedrag totaal totaalbedrag totaalprijs orderbedrag ordertotaal orderwaarde bestelbedrag factuurbedrag omzet`),
  ],
};

/** True for a name that usually heads the column of a role. */
export function isSynonym(role: Role, name: string): boolean {
  return NAMES[role][0]!.has(bareName(name));
}

/** Positions of the columns whose name heads a role, of the first kind of names that any has. */
export function namedLike(header: readonly string[], role: Role): number[] {
  const bare = header.map(bareName);
  const found = NAMES[role].map((names) => bare.flatMap((name, position) => (names.has(name) ? [position] : [])));
  return found.find((positions) => positions.length > 0) ?? [];
}

/** What a name that may mean a role begins or ends with, and parts of those that mean something else. For proposals alone. */
const PARTS: Readonly<Record<Role, readonly [like: RegExp, unlike: RegExp]>> = {
  customer: atEnds(
    'customer|client|kunde|kunden|klant|cliente|buyer|user|userid|member|debitor|email|courriel|correo',
    /name|nom|naam|phone|telef|city|stadt|street|type|group|country|land|state|zip|note|memo|segment|since|count|status|tag|accept|marketing|total|value|amount|date|created|agent|seller|store|gender|age$|(?<!email)addres/,
  ),
  date: atEnds(
    'date|datum|fecha|created|purchased|ordered',
    /birth|geburt|due|fallig|ship|deliver|liefer|refund|cancel|update|modif|expir|until|first|last|next|zone|accept|fulfil|start|end|candidate|by$/,
  ),
  amount: atEnds(
    'amount|total|revenue|betrag|summe|umsatz|montant|importe|importo|valor|bedrag|totaal',
    /#|refund|discount|rabatt|tax|vat|mwst|steuer|iva|ship|versand|fee|gebuhr|unit|price|preis|qty|quantity|menge|count|anzahl|number|item|id$|currency|date|sub|cost|coupon|tip|balance|outstanding|net|gross|brutto|code|status|method|converted|points|due/,
  ),
};

function atEnds(words: string, unlike: RegExp): readonly [like: RegExp, unlike: RegExp] {
  return [new RegExp(`^(${words})|(${words})$`), unlike];
}

/** Amounts a hundred times as large, or more, as the name of their column says. */
const MINOR_UNITS =
  /cent|pence|minor|subunit|(smallest|lowest)unit|micro|øre|(amount|total)ore$|kope[ij]?k|копе|grosz|paise/;

/** The columns that would look like an amount, were it not in cents. */
export function inMinorUnits(header: readonly string[]): readonly string[] {
  return header.filter((name) => looksLike(name, 'amount') && MINOR_UNITS.test(bareName(name)));
}

function looksLike(name: string, role: Role): boolean {
  const [like, unlike] = PARTS[role];
  const bare = bareName(name.replace(/\(.*?\)/g, ''));
  return like.test(bare) && !unlike.test(bare);
}

/** The one column, of those not taken, whose name, but for what stands in parentheses, looks like a role; null where none does, or several do. */
export function plausible(header: readonly string[], role: Role, taken: readonly number[]): number | null {
  const found = header.flatMap((name, position) => {
    const isMinor = role === 'amount' && MINOR_UNITS.test(bareName(name));
    return looksLike(name, role) && !isMinor && !taken.includes(position) ? [position] : [];
  });
  return found.length === 1 ? found[0]! : null;
}
