import { describe, expect, it } from 'vitest';
import { ClvError } from '../../src/base/errors.ts';
import { type AskedColumns, isSynonym, mapColumns } from '../../src/reader/columns.ts';

const PLACE = { file: 'data.csv' };
const map = (header: string, asked: AskedColumns = {}) => mapColumns(header.split(','), asked, PLACE);

function refused(header: string, asked: AskedColumns = {}): { code: string; text: unknown; options: unknown } {
  try {
    map(header, asked);
  } catch (error) {
    if (error instanceof ClvError)
      return { code: error.code, text: error.values['problems'], options: error.values['options'] };
    throw error;
  }
  throw new Error(`${header} is not refused`);
}

describe('columns by name', () => {
  it.each([
    ['Kunden-Nr.,Bestelldatum,Gesamtbetrag'],
    ['Kundennummer,Datum,Umsatz'],
    ['N° client,Date de commande,Montant TTC'],
    ["Code client,Date d'achat,Montant"],
    ['Código de cliente,Fecha del pedido,Importe'],
    ['Codice cliente,Data,Importo'],
    ["Cliente,Data dell'ordine,Totale ordine"],
    ['Código do cliente,Data da compra,Valor'],
    ['Klantnummer,Besteldatum,Totaalbedrag'],
    ['customer.id,Sale Date,Grand Total'],
    ['Buyer Username,Sale date,Amount paid'],
    ['Customer Email,Purchase Date,total'],
    ['E-Mail-Adresse,Datum,Summe'],
    ['*Customer No,*Invoice Date,*Total'],
  ])('%s', (header) => {
    expect(map(header).positions).toEqual({ customer: 0, date: 1, amount: 2 });
    const [customer, date, amount] = header.split(',') as [string, string, string];
    const shuffled = `Id,${amount},Name,${date},${customer}`;
    expect(map(shuffled).positions).toEqual({ customer: 4, date: 3, amount: 1 });
  });

  it('an e-mail address is the customer only where no id is there, "data" the date only where no other is', () => {
    expect(map('Email,Customer ID,date,data,total').positions).toEqual({ customer: 1, date: 2, amount: 4 });
    expect(map('Email,Name,data,total').positions).toEqual({ customer: 0, date: 2, amount: 3 });
    expect(isSynonym('customer', 'Email')).toBe(false);
    expect(isSynonym('date', 'data')).toBe(false);
  });

  it.each([
    ['Customer Name,date,amount', 'E102', '--customer COLUMN'],
    ['customer,date,Unit Price', 'E102', '--amount COLUMN'],
    ['customer,date,Preis', 'E102', '--amount COLUMN'],
    ['customer,date,Betrag (EUR)', 'E102', "--amount 'Betrag (EUR)'"],
    ['customer,date,Gift Amount Redeemed', 'E102', '--amount COLUMN'],
    ['customer,date,Refunded Amount', 'E102', '--amount COLUMN'],
    ['customer,date,Total #', 'E102', '--amount COLUMN'],
    ['Kunden,date,amount', 'E102', '--customer Kunden'],
    ['customer,Created,amount', 'E102', '--date Created'],
    ['customer,Date of birth,amount', 'E102', '--date COLUMN'],
    ['customer,Created,Date shipped,amount', 'E102', '--date Created'],
    ['customer,customer_id,date,amount', 'E103', '--customer customer or --customer customer_id'],
    ['Buyer Email,Purchase Email,date,amount', 'E103', "--customer 'Buyer Email' or --customer 'Purchase Email'"],
    ['Kunde,customer_id,date,amount', 'E103', '--customer Kunde or --customer customer_id'],
    ['customer,date,Montant HT,Montant TTC', 'E103', "--amount 'Montant HT' or --amount 'Montant TTC'"],
    ['customer,date,Net amount,Gross amount', 'E103', "--amount 'Net amount' or --amount 'Gross amount'"],
    ['Kunde,Datum,Nettobetrag,Bruttobetrag', 'E103', '--amount Nettobetrag or --amount Bruttobetrag'],
  ])('%s: %s, %s', (header, code, options) => {
    expect(refused(header)).toMatchObject({ code, options });
  });
});

describe('several columns that are not found', () => {
  it.each([
    [
      'a,Created,b',
      {},
      'no column for the customer, no column for the date, no column for the amount',
      '--customer COLUMN --date Created --amount COLUMN',
    ],
    [
      'Customer Ref,order_date,Order Total (inc tax),Order Total (ex tax)',
      {},
      'no column for the customer, no column for the amount',
      "--customer 'Customer Ref' --date order_date --amount COLUMN",
    ],
    [
      'client,customer,day,Amount due',
      {},
      '2 columns could be the customer (client, customer), no column for the amount',
      '--customer COLUMN --date day --amount COLUMN',
    ],
    [
      'who,date,day,total,total',
      { customer: 'who' },
      '2 columns could be the date (date, day), 2 columns could be the amount (total, total)',
      '--customer who --date COLUMN --amount COLUMN; give the columns different names in the header',
    ],
    [
      "who's,when,Betrag in EUR",
      { customer: "Who's", date: 'then' },
      'no column "then" for the date, no column for the amount',
      "--customer 'who'\\''s' --date COLUMN --amount 'Betrag in EUR'",
    ],
  ])('%s', (header, asked, text, options) => {
    expect(refused(header, asked)).toEqual({ code: 'E124', text, options });
  });

  it.each(['amount_cents', 'Amount (minor units)', 'total_pence', 'Montant centimes', 'amount_ore'])(
    'a column in minor units is proposed for no amount: %s',
    (name) => {
      const note = `; ${name} is in minor units, so first divide it in the export, by 100 for cents`;
      expect(refused(`customer,date,${name}`).options).toBe(`--amount COLUMN${note}`);
      expect(refused(`who,date,${name}`).options).toBe(`--customer COLUMN --date date --amount COLUMN${note}`);
      expect(map(`customer,date,amount,${name}`).detected).toContain('amount');
    },
  );

  it('a column that one role has is not proposed for another', () => {
    expect(refused('Kundendatum,x,amount', { customer: 'Kundendatum' })).toMatchObject({ options: '--date COLUMN' });
  });
});
