/** What was read from a file of transactions. Hash and bytes are those of the file as given; `amount` in 10^-4, of the accepted rows. */
export interface FileInput {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
  readonly rejected: number;
  readonly amount: bigint;
  /** Whether any reader of RFC 4180 reads it the same. */
  readonly plain: boolean;
}

/** A small hand-made table, as it is named in the output. */
export interface TableSource {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly records: number;
}
