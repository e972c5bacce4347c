import { byMonth, type Day, isoOf } from '../base/calendar.ts';
import { ClvError } from '../base/errors.ts';
import { variant } from '../base/message-text.ts';
import type { FileInput } from '../data/inputs.ts';
import type { SavedModel } from '../data/saved-model.ts';
import { readModelFile } from '../reader/tables/model-file.ts';
import type { InputStore } from '../report/input.ts';
import type { GroupNote, ModelError, ModelNote } from '../valuation/found.ts';
import { modelsOf } from '../valuation/saved-model.ts';
import { openOutput } from './output/open.ts';
import { writeTo } from './output/target.ts';
import type { Settings } from './settings.ts';

/**
 * The settings with the models of the file in place of those of the options, where a file is given. It is read once, since it
 * may be a pipe. The clock of its model, or that it has none, is in the file too.
 * @throws ClvError E122 months that the file knows nothing of, or no months where its model runs on them; E261, E262 (unknown model), E401–E403
 */
export async function withSavedModel(settings: Settings): Promise<Settings> {
  const file = settings.useModel;
  if (file === undefined || file === settings.saved?.file) return settings;
  const saved = await readModelFile(file);
  if (settings.askedSeason === 'none' && saved.season)
    throw new ClvError('E122', { option: '--season none', ...variant('E122', 'no clock of a file', { file }) });
  if (settings.season === 'month' && !saved.season)
    throw new ClvError('E122', { option: '--season month', ...variant('E122', 'clock of a file', { file }) });
  return withSaved(settings, saved);
}

/** The settings with these models in place of those of the options. @throws ClvError E262 (unknown model) */
export function withSaved(settings: Settings, saved: SavedModel): Settings {
  return {
    ...settings,
    ...modelsOf(saved, saved.file),
    saved,
    opportunity: saved.opportunity ?? settings.opportunity,
    season: saved.season ? 'month' : 'none',
    spendFrom: saved.spendFrom ?? settings.spendFrom,
  };
}

/** What parameters were fitted to. */
export interface FittedTo {
  readonly asOf: Day;
  readonly files: readonly Pick<FileInput, 'name' | 'sha256'>[];
  readonly table: Pick<InputStore, 'name' | 'checksum'> | null;
}

/** What `--save-model FILE` keeps: parameters with their covariance, and the data they were fitted to, by hash. */
interface SavedFrom extends FittedTo {
  readonly model: ModelNote;
  readonly spend: ModelNote;
  /** Which purchases the mean margins were taken over. */
  readonly spendFrom: 'repeat' | 'all';
  /** Null where none was asked for. */
  readonly modelError: ModelError | null;
}

/** See `claimModelFile`. */
export function openModelFile(file: string | undefined): Promise<(from: SavedFrom) => Promise<void>> {
  return claimModelFile(file, documentOf);
}

/** Claims the file now, so that one that cannot be written fails before the fit; returns what writes it. */
export async function claimModelFile<F>(
  file: string | undefined,
  documentFrom: (from: F) => object,
): Promise<(from: F) => Promise<void>> {
  if (file === undefined) return async () => {};
  const output = await openOutput(file);
  return async (from) => writeTo(output, once(textOf(documentFrom(from))));
}

async function* once(text: string): AsyncIterable<string> {
  yield text;
}

/** What a close keeps of a valuation: the text of such a file, with the models of every group where there are several. */
export function modelText(from: Omit<SavedFrom, 'model' | 'spend'> & SavedGroups): string {
  const { groups, fitBy, spendFrom, modelError } = from;
  const [only] = groups as readonly [SavedGroups['groups'][number]];
  if (only.name.length === 0) return textOf(documentOf({ ...from, ...only }));
  return textOf({
    $schema: 'urn:clv:model:1.0',
    ...fittedTo(from),
    model: {
      time_unit: only.model.timeUnit ?? 'week',
      fit_by: fitBy,
      groups: groups.map(({ name, pooled, model, spend }) => ({
        group: name,
        pooled,
        ...note(model),
        ...(model.limit && { limit_of: model.limit.of }),
        spend: { ...note(spend), spend_from: spendFrom },
      })),
    },
    ...errorNote(modelError),
  });
}

interface SavedGroups {
  readonly fitBy: readonly string[];
  readonly groups: readonly Pick<GroupNote, 'name' | 'pooled' | 'model' | 'spend'>[];
}

export function textOf(document: object): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

function documentOf({ model, spend, spendFrom, modelError, ...from }: SavedFrom): object {
  return {
    $schema: 'urn:clv:model:1.0',
    ...fittedTo(from),
    model: { ...note(model), time_unit: model.timeUnit ?? 'week', spend: { ...note(spend), spend_from: spendFrom } },
    ...errorNote(modelError),
  };
}

/** The data that parameters were fitted to. */
export function fittedTo({ asOf, files, table }: FittedTo): object {
  return {
    schema_version: '1.0',
    as_of: isoOf(asOf),
    input: table
      ? [{ name: table.name, checksum: table.checksum }]
      : files.map(({ name, sha256 }) => ({ name, sha256 })),
  };
}

export function errorNote(modelError: ModelError | null): object {
  return modelError ? { model_error: { tau: modelError.tau, source: modelError.source } } : {};
}

function note({
  name,
  regularity,
  parameterNames,
  parameters,
  covariance,
  logLikelihood,
  customers,
  season,
}: ModelNote): object {
  return {
    name,
    ...(regularity !== undefined && { regularity }),
    parameters: Object.fromEntries(parameterNames.map((parameter, i) => [parameter, parameters[i]])),
    covariance,
    log_likelihood: Number.isNaN(logLikelihood) ? null : logLikelihood,
    customers,
    ...(season && { season: { factors: byMonth(season.factors), learned_from_days: season.learned?.days ?? null } }),
  };
}
