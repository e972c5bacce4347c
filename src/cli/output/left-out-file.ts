import { AMOUNT_SCALE, exactText } from '../../base/money.ts';
import type { LeftRecord } from '../../reader/transactions.ts';
import { ListFile } from './list-file.ts';

const COLUMNS = ['file', 'line', 'account', 'column', 'value', 'reason', 'amount', 'text'];

/** A record that no value stands on: no transaction, or one after the as-of date or of a customer without a purchase. */
type Left = Omit<LeftRecord, 'kind'> & { readonly kind: LeftRecord['kind'] | 'after_as_of' | 'without_purchase' };

/** `--left-out FILE`: every record that no value stands on though nothing is wrong with it, with its place and the reason. */
export class LeftOutFile {
  readonly #list: ListFile;
  readonly #digits: number;

  private constructor(list: ListFile, digits: number) {
    this.#list = list;
    this.#digits = digits;
  }

  static async open(file: string, scratch: string, digits: number, signal: AbortSignal): Promise<LeftOutFile> {
    return new LeftOutFile(await ListFile.open(file, COLUMNS, scratch, 'left-out.csv', signal), digits);
  }

  add({ kind, column, value, reason, place, amount }: Left): void {
    const { file, line, excerpt } = place;
    const money = exactText(amount, AMOUNT_SCALE, this.#digits);
    this.#list.add([file, line ?? '', kind, column ?? '', value ?? '', reason ?? '', money, excerpt ?? '']);
  }

  async finish(): Promise<void> {
    await this.#list.finish();
  }
}
