/** The licences that may be in the program. */
export const ALLOWED: readonly string[];

/** Every package that comes to a user. */
export function packages(): {
  readonly folder: string;
  readonly name: string;
  readonly version: string;
  readonly licence: string | null;
}[];

/** The page of the docs. */
export function page(): string;

/** The texts of the licences of what is installed. */
export function texts(): string;
