import { describe, expect, it } from 'vitest';
import { plainName } from '../../../src/reader/columns.ts';
import * as words from '../../../src/reader/rows/words.ts';

const lines = (text: string) => text.trim().split(/\s*[|\n]\s*/);

/** What each of these names is, and no other of the kinds. */
const NAMES: Readonly<Record<string, readonly string[]>> = {
  isCurrencyColumn: lines(`
    currency | Currency Code | order_currency | Presentment Currency | Währung | Waehrung | devise | moneda | divisa | moeda
    Valuta | CCY | currency_iso_code`),
  isStatusColumn: lines(`
    status | Financial Status | order_state | payment-status | Zahlungsstatus | Bestellstatus | Statut | Estado | Stato
    订单状态 | 訂單狀態 | 注文ステータス | 주문 상태 | Sipariş Durumu | Trạng thái | Stav | Transaction Type | event_type | Typ | Buchungsart | Belegart-Status | type | Kind | reporting_category`),
  isRefundColumn: lines(`
    Refunded Amount | amount_refunded | Total Refunded | refund | Partial Refund ($) | Refunded? | Erstattung | Rückerstattung
    Montant remboursé | Reembolso | Rimborso | chargeback amount | Returned Amount | Returns | Retouren | Gutschrift`),
  isPriceColumn: lines(`
    price | Unit Price | unit_amount | Item Price | Lineitem price | Preis | Einzelpreis | Stückpreis | Prix unitaire | Precio
    Prezzo | Preço | Prijs | Net Price | Selling Price | price_each`),
  isQuantityColumn: lines(`
    quantity | Qty | Quantity Ordered | Lineitem quantity | units | Items sold | Menge | Anzahl | Stück | Quantité | Qté | Cantidad
    Quantità | Quantidade | Aantal | pcs`),
};
const NOTHING = lines(`
  Fulfillment Status | shipping_status | Versandstatus | Billing State | Customer State | Marital Status | Total Price
  Gesamtpreis | Prix total | amount | Total | date | customer_id | email | region | product | note | Country | channel | Order ID
  Statement | Category name | 物流状态 | 배송상태 | Kargo durumu`);

const test = (name: string) => (words as unknown as Record<string, (text: string) => boolean>)[name]!;

describe('names of columns', () => {
  for (const [kind, names] of Object.entries(NAMES)) {
    it.each(names)(`${kind}: %s`, (name) => {
      for (const other of Object.keys(NAMES)) expect(test(other)(plainName(name)), other).toBe(other === kind);
    });
  }

  it.each(NOTHING)('none of them: %s', (name) => {
    for (const kind of Object.keys(NAMES)) expect(test(kind)(plainName(name)), kind).toBe(false);
  });

  it('orders name transactions too, ids of transactions no orders', () => {
    for (const name of ['Order ID', 'order#', 'Invoice', 'Rechnungsnummer', 'Belegnummer', 'facture', 'Pedido']) {
      expect(words.isOrderColumn(plainName(name)), name).toBe(true);
      expect(words.isKeyColumn(plainName(name)), name).toBe(true);
    }
    for (const name of ['transaction_id', 'Charge ID', 'id', 'Purchase ID', 'Transaktionscode']) {
      expect(words.isOrderColumn(plainName(name)), name).toBe(false);
      expect(words.isKeyColumn(plainName(name)), name).toBe(true);
    }
    for (const name of ['customer_id', 'product id', 'date'])
      expect(words.isKeyColumn(plainName(name)), name).toBe(false);
  });
});

const BACK = lines(`
  Refunded | partially_refunded | refund | REFUND | Chargeback | reversed | Reversal | Return | Returned | Erstattet
  Teilweise erstattet | Rückerstattet | Zurückerstattet | Rückbuchung | Rücklastschrift | Retoure | Retourniert | Gutschrift
  Remboursé | Remboursement | Partiellement remboursée | Avoir | Reembolsado | Devuelto | Devolución | Abono | Rimborsato | Reso
  已退款 | 部分退款 | 退货 | 返金済み | 返品 | 환불 | 부분 환불 | iade edildi | İADE EDİLDİ | KISMİ İADE | đã hoàn tiền | Vráceno | Återbetald
  Estornado | Devolvido | Terugbetaald | Retour | Credit Memo | credit_note | Nota de crédito`);
const NO_SALE = lines(`
  Cancelled | canceled | Cancellation | failed | Failure | voided | pending | Payment pending | draft | test | Test order | declined
  rejected | expired | abandoned | unpaid | not paid | not_paid | incomplete | on-hold | On Hold | authorized | disputed | requires_payment_method
  awaiting payment | overdue | denied | uncollectible | written off | open | error | quote | payout | withdrawal | fee | trash
  Storniert | Storno | Abgebrochen | Fehlgeschlagen | Abgelehnt | Ausstehend | Unbezahlt | nicht bezahlt | Offen | Entwurf | Wartet auf Zahlung
  Gelöscht | Angebot | Mahnung | Annulée | Échoué | Échec | En attente | Refusé | Impayée | non payé | Brouillon | Litige | Devis
  Cancelado | Anulado | Fallido | Pendiente | Rechazado | no pagado | Presupuesto | Borrador | Annullato | Fallito | In attesa | Rifiutato
  已取消 | 待付款 | 支付失败 | キャンセル済み | キャンセル | 入金待ち | 失敗 | 취소 | 취소됨 | 결제 대기 | 실패 | iptal | iptal edildi | İptal Edildi
  IPTAL EDILDI | İPTAL | başarısız | BAŞARISIZ | Beklemede | đã hủy | ĐÃ HỦY | Đã huỷ | thất bại | chờ thanh toán | zrušeno | Zrušená | Selhalo
  Čeká na platbu | avbruten | Misslyckad | Obetald | undelivered | RTO | RTO Delivered | estimate | spam
  non pagato | Bozza | Pendente | Aguardando pagamento | Recusado | não pago | Geannuleerd | Mislukt | Geweigerd | Onbetaald | In afwachting | отменён`);
const SALES = lines(`
  paid | Paid out in full | completed | Complete | shipped | delivered | fulfilled | sale | order | purchase | charge | payment
  captured | settled | succeeded | success | invoice | active | processing | Bezahlt | Abgeschlossen | Versendet | Verkauf | Rechnung
  Zahlung | Payé | Payée | Terminé | Expédié | Vente | Facture | Pagado | Completado | Enviado | Venta | Pagato | Completato | Spedito
  已完成 | 已付款 | 已发货 | 交易成功 | 支払い済み | 発送済み | 完了 | 결제완료 | 배송 대기 | 배송중 | 구매확정 | tamamlandı | teslim edildi | ödendi
  đã giao | đã thanh toán | hoàn thành | Dokončeno | Zaplaceno | Čeká na odeslání | Levererad | Betald | Slutförd | portofino | sparto | spammy
  Vendita | Pago | Concluído | Enviado | Betaald | Voltooid | Verzonden | credit card | Visa | new | returning customer's order | 1 | A | `);

describe('values of a status', () => {
  it.each(BACK)('given back: %s', (value) => {
    expect(words.isGivenBack(value)).toBe(true);
    expect(words.isNoSale(value)).toBe(true);
  });

  it.each(NO_SALE)('no sale: %s', (value) => {
    expect(words.isNoSale(value)).toBe(true);
    expect(words.isGivenBack(value)).toBe(false);
  });

  it.each(SALES)('a sale: %s', (value) => {
    expect(words.isNoSale(value)).toBe(false);
  });

  it.each(
    lines('部分退款 | 一部返金 | 부분 환불 | kısmi iade | hoàn tiền một phần | Částečně vráceno | delvis återbetald'),
  )('given back in part: %s', (value) => {
    expect([words.isRefundWord(value), words.isPartWord(value)]).toEqual([true, true]);
  });

  it('letters with marks of their own are those with them', () => {
    for (const value of ['đã hủy', 'zrušeno', 'återbetald']) expect(words.isNoSale(value.normalize('NFD'))).toBe(true);
  });

  it('the tables hold enough', () => {
    expect(Object.values(NAMES).flat().length + NOTHING.length).toBeGreaterThanOrEqual(80);
    expect(BACK.length + NO_SALE.length + SALES.length).toBeGreaterThanOrEqual(160);
  });
});

describe('cells of a refund column', () => {
  it.each(lines(`0 | 0.00 | 0,00 | $0.00 | 0,00 € | -0.00 | - | false | No | n | none | nein | N/A | null | NaN`))(
    'nothing: %s',
    (text) => {
      expect(words.isNothing(text)).toBe(true);
    },
  );

  it('a blank cell is nothing', () => {
    expect(words.isNothing('')).toBe(true);
  });

  it.each(lines(`1 | 0.01 | -4.00 | $4.00 | yes | true | x | 2024-01-01 | 10`))('something: %s', (text) => {
    expect(words.isNothing(text)).toBe(false);
  });
});
