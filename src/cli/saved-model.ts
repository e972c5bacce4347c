import { readModelFile } from '../reader/tables/model-file.ts';
import { modelsOf } from '../valuation/saved-model.ts';
import type { Settings } from './settings.ts';

/**
 * The settings with the models of the file in place of those of the options, where a file is given. It is read once, since it
 * may be a pipe. @throws ClvError E261, E262 (unknown model), E401–E403
 */
export async function withSavedModel(settings: Settings): Promise<Settings> {
  const file = settings.useModel;
  if (file === undefined || file === settings.saved?.file) return settings;
  const saved = await readModelFile(file);
  return { ...settings, ...modelsOf(saved, file), saved, spendFrom: saved.spendFrom ?? settings.spendFrom };
}
