import { MONTHS } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { OPPORTUNITIES } from '../../data/opportunity.ts';
import type { SavedContract, SavedContracts, SavedModel, SavedParameters } from '../../data/saved-model.ts';
import { readWhole } from '../files/whole-file.ts';

/** The unit that parameters are reported in; another one would shift every rate. */
const TIME_UNIT = 'week';

/**
 * Reads `{ "model": { name, time_unit, parameters, spend: { name, parameters } } }`: what `--save-model` wrote, or any result
 * JSON. What is needed is validated, the rest ignored. @throws ClvError E238, E261, E262, E335, E401–E403, E422
 */
export async function readModelFile(file: string): Promise<SavedModel> {
  const saved = modelIn(await textOf(file), file);
  if (saved.opportunity !== null) throw new ClvError('E262', variant('E262', 'unit', { unit: TIME_UNIT }), { file });
  if (saved.groups.length > 0) throw new ClvError('E262', variant('E262', 'groups'), { file });
  return saved;
}

/** The model in a text of that form, or in that of a close, which may count occasions. @param file what errors and outputs name */
export function modelIn(text: string, file: string): SavedModel {
  const { document, model } = partsOf(text, file);
  if (model.get('time_unit') === PERIODS) throw new ClvError('E335', variant('E335', 'subscriptions'), { file });
  const opportunity = OPPORTUNITIES.find(({ text: unit }) => unit === model.get('time_unit')) ?? null;
  if (opportunity === null && model.get('time_unit') !== TIME_UNIT) {
    throw new ClvError('E262', variant('E262', 'unit', { unit: TIME_UNIT }), { file });
  }
  const modelError = errorOf(document.get('model_error'), file);
  const given = model.has('fit_by') ? model.get('groups') : null;
  if (!Array.isArray(given) || given.length === 0)
    return { ...modelOf(model, 'model', file), file, opportunity, modelError, groups: [] };
  const groups = given.map((one, i) => {
    const what = `model.groups[${i}]`;
    const group = object(one, what, file);
    const limitOf = group.get('limit_of');
    return {
      name: texts(group.get('group')),
      pooled: group.get('pooled') === true,
      own: { ...modelOf(group, what, file), file, opportunity, modelError, groups: [] },
      limitOf: typeof limitOf === 'string' ? limitOf : null,
    };
  });
  return { ...groups[0]!.own, groups };
}

/** A model of buying and that of spend. @param what they are in the document */
function modelOf(model: Map<string, unknown>, what: string, file: string) {
  const spend = object(model.get('spend'), `${what}.spend`, file);
  const from = spend.get('spend_from');
  return {
    ...parameters(model, what, file),
    spend: parameters(spend, `${what}.spend`, file),
    season: factors(model.get('season'), file),
    spendFrom: from === 'repeat' || from === 'all' ? from : null,
  } as const;
}

/**
 * Reads `{ "model": { time_unit, fit_by, contracts: [ { contract, group, grace_days, name, parameters … } ] } }`: what
 * `--save-model` wrote of subscriptions. @throws ClvError E238, E261, E262, E335, E401–E403, E422
 */
export async function readContractModelFile(file: string): Promise<SavedContracts> {
  return contractModelIn(await textOf(file), file);
}

/** The models of subscriptions in a text of that form. @param file what errors and outputs name */
export function contractModelIn(text: string, file: string): SavedContracts {
  const { document, model } = partsOf(text, file);
  const contracts = model.get('contracts');
  if (!Array.isArray(contracts) || contracts.length === 0)
    throw new ClvError('E335', variant('E335', model.get('time_unit') === PERIODS ? 'a result' : 'purchases'), {
      file,
    });
  return {
    file,
    fitBy: texts(model.get('fit_by')),
    contracts: contracts.map((one, i) => contract(one, `model.contracts[${i}]`, file)),
    modelError: errorOf(document.get('model_error'), file),
  };
}

/** The unit of models of subscriptions: the period of each length. */
const PERIODS = 'period';

function contract(value: unknown, what: string, file: string): SavedContract {
  const given = object(value, what, file);
  const [length, grace, rate, limitOf] = ['contract', 'grace_days', 'rate', 'limit_of'].map((name) => given.get(name));
  if (typeof length !== 'string' || !Number.isSafeInteger(grace) || !(Number(grace) >= 0))
    throw new ClvError('E262', variant('E262', 'no terms', { what }), { file });
  const across = given.get('across');
  return {
    ...parameters(given, what, file),
    length,
    group: texts(given.get('group')),
    grace: Number(grace),
    rate: typeof rate === 'string' ? rate : null,
    limitOf: typeof limitOf === 'string' ? limitOf : null,
    across: Array.isArray(across) && across.every(isNumbers) ? across : [],
  };
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function isNumbers(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((cell) => Number.isFinite(cell));
}

async function textOf(file: string): Promise<string> {
  return (await readWhole(file, 'the model file')).toString('utf8');
}

/** The document of a model file and its member `model`. @throws ClvError E261, E262 */
function partsOf(text: string, file: string): { document: Map<string, unknown>; model: Map<string, unknown> } {
  const document = object(parsed(file, text), 'the file', file);
  const version = document.get('schema_version');
  if (version !== undefined && !/^1\./.test(String(version))) {
    throw new ClvError('E262', variant('E262', 'version', { version: JSON.stringify(version) }), { file });
  }
  return { document, model: object(document.get('model'), 'model', file) };
}

function parsed(file: string, content: string): unknown {
  try {
    return JSON.parse(content);
  } catch {
    throw new ClvError('E261', {}, { file });
  }
}

/** A JSON object as a map, so that no name in it is special. */
function object(value: unknown, what: string, file: string): Map<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return new Map(Object.entries(value));
  throw new ClvError('E262', variant('E262', 'no object', { what }), { file });
}

function parameters(model: Map<string, unknown>, what: string, file: string): SavedParameters {
  const name = model.get('name');
  if (typeof name !== 'string') throw new ClvError('E262', variant('E262', 'no name', { what }), { file });
  const found = new Map<string, number>();
  for (const [key, value] of object(model.get('parameters'), `${what}.parameters`, file)) {
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      throw new ClvError('E262', variant('E262', 'no number', { what, key }), { file });
    }
    found.set(key, value);
  }
  return { name, parameters: found, covariance: matrix(model.get('covariance'), found.size) };
}

/** The factors of the months; null where the model has none. */
function factors(season: unknown, file: string): number[] | null {
  if (season === undefined || season === null) return null;
  const given = object(object(season, 'model.season', file).get('factors'), 'model.season.factors', file);
  return MONTHS.map((month) => {
    const factor = given.get(month);
    if (typeof factor === 'number' && Number.isFinite(factor) && factor > 0) return factor;
    throw new ClvError('E262', variant('E262', 'no factor', { month }), { file });
  });
}

/** The error of the model; null where it is the usual one, which no log told. */
function errorOf(given: unknown, file: string): number | null {
  if (given === undefined || given === null) return null;
  const error = object(given, 'model_error', file);
  if (error.get('source') === 'usual') return null;
  const tau = error.get('tau');
  if (typeof tau === 'number' && Number.isFinite(tau) && tau >= 0) return tau;
  throw new ClvError('E262', variant('E262', 'no error'), { file });
}

function matrix(value: unknown, size: number): number[][] | null {
  const row = (cells: unknown): cells is number[] => isNumbers(cells) && cells.length === size;
  return Array.isArray(value) && value.length === size && value.every(row) ? value : null;
}
