import { MONTHS } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import type { SavedModel, SavedParameters } from '../../data/saved-model.ts';
import { readWhole } from '../files/whole-file.ts';

/** The unit that parameters are reported in; another one would shift every rate. */
const TIME_UNIT = 'week';

/**
 * Reads `{ "model": { name, time_unit, parameters, spend: { name, parameters } } }`: what `--save-model` wrote, or any result
 * JSON. What is needed is validated, the rest ignored. @throws ClvError E238, E261, E262, E401–E403, E422
 */
export async function readModelFile(file: string): Promise<SavedModel> {
  return modelIn((await readWhole(file, 'the model file')).toString('utf8'), file);
}

/** The model in a text of that form. @param file what errors and outputs name */
export function modelIn(text: string, file: string): SavedModel {
  const document = object(parsed(file, text), 'the file', file);
  const version = document.get('schema_version');
  if (version !== undefined && !/^1\./.test(String(version))) {
    throw new ClvError('E262', variant('E262', 'version', { version: JSON.stringify(version) }), { file });
  }
  const model = object(document.get('model'), 'model', file);
  if (model.get('time_unit') !== TIME_UNIT) {
    throw new ClvError('E262', variant('E262', 'unit', { unit: TIME_UNIT }), { file });
  }
  const spend = object(model.get('spend'), 'model.spend', file);
  const from = spend.get('spend_from');
  return {
    file,
    ...parameters(model, 'model', file),
    spend: parameters(spend, 'model.spend', file),
    season: factors(model.get('season'), file),
    modelError: errorOf(document.get('model_error'), file),
    spendFrom: from === 'repeat' || from === 'all' ? from : null,
  };
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
  const row = (cells: unknown): cells is number[] =>
    Array.isArray(cells) && cells.length === size && cells.every((cell) => Number.isFinite(cell));
  return Array.isArray(value) && value.length === size && value.every(row) ? value : null;
}
