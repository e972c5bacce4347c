import { ClvError } from '../base/errors.ts';
import type { ValuationOptions } from './shared-options.ts';

/** Options of models by groups, as far as a command has them. */
type GroupOptions = Partial<Pick<ValuationOptions, 'useModel' | 'opportunity'>> & {
  readonly fitBy?: string | undefined;
  readonly poolSmall?: true | undefined;
  readonly saveModel?: string | undefined;
};

/** E112: of purchases, some commands value by one model of all customers. */
export function checkNoGroups({ fitBy }: Pick<GroupOptions, 'fitBy'>): void {
  if (fitBy !== undefined) throw new ClvError('E112', { option: '--fit-by', other: '--contract' });
}

/** Parameters in a file are those of one model. */
export function checkGroups({ fitBy, poolSmall, useModel, saveModel, opportunity }: GroupOptions): void {
  if (opportunity !== undefined && saveModel)
    throw new ClvError('E111', { option: '--opportunity', other: '--save-model' });
  if (fitBy === undefined && poolSmall) throw new ClvError('E112', { option: '--pool-small', other: '--fit-by' });
  const file = useModel === undefined ? saveModel && '--save-model' : '--use-model';
  if (fitBy !== undefined && file) throw new ClvError('E111', { option: '--fit-by', other: file });
}
