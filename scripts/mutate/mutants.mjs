/**
 * Mutants of a TypeScript file: what one slip of its writer would have made of it. All that are asked for are woven into one text,
 * each behind a switch (`__mutant(7) ? mutated : original`), so that a file is transformed once for all of them.
 */
import { parseAst } from 'rolldown/parseAst';

const BINARY = {
  ...{ '+': ['-'], '-': ['+'], '*': ['/'], '/': ['*'], '%': ['*'], '**': ['*'] },
  ...{ '<': ['<=', '>='], '<=': ['<', '>'], '>': ['>=', '<='], '>=': ['>', '<'] },
  ...{ '===': ['!=='], '!==': ['==='], '&': ['|'], '|': ['&'], '<<': ['>>'], '>>': ['<<'], '>>>': ['<<'] },
};
const LOGICAL = { '&&': '||', '||': '&&' };
const ASSIGNED = { '+=': '-=', '-=': '+=', '*=': '/=', '/=': '*=' };
/** Methods that are taken for each other. */
const METHODS = { min: 'max', max: 'min', floor: 'ceil', ceil: 'floor', some: 'every', every: 'some' };
/** What a function of a type would give that has forgotten its work. */
const RETURNED = {
  TSNumberKeyword: ['0', '1'],
  TSBooleanKeyword: ['true', 'false'],
  TSStringKeyword: ["''"],
  TSBigIntKeyword: ['0n'],
  TSArrayType: ['[]'],
};
/** Types are no part of what runs, but for the expressions that they are said of. */
const TYPED = ['TSAsExpression', 'TSNonNullExpression', 'TSSatisfiesExpression'];
const FUNCTIONS = ['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression'];
const CONDITIONAL = ['IfStatement', 'ConditionalExpression', 'WhileStatement', 'ForStatement'];

/** Whether an expression is text for certain, to which nothing can be added but text. */
function isText(node) {
  if (node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string')) return true;
  return node.type === 'BinaryExpression' && node.operator === '+' && (isText(node.left) || isText(node.right));
}

/** What may stand in the place of a node, as [kind, text] each; a kind of `removed` is a statement that goes. */
function* replacements(node, text, returns) {
  const raw = ({ start, end }) => `(${text.slice(start, end)})`;
  if (node.type === 'BinaryExpression' && BINARY[node.operator]) {
    if (node.operator === '+' && isText(node)) return;
    for (const operator of BINARY[node.operator])
      yield ['operator', `${raw(node.left)} ${operator} ${raw(node.right)}`];
  } else if (node.type === 'LogicalExpression') {
    const operator = LOGICAL[node.operator];
    yield ['logical', operator ? `${raw(node.left)} ${operator} ${raw(node.right)}` : raw(node.left)];
  } else if (node.type === 'UnaryExpression' && ['!', '-'].includes(node.operator)) {
    yield ['sign', raw(node.argument)];
  } else if (node.type === 'UpdateExpression') {
    const operator = node.operator === '++' ? '--' : '++';
    const argument = text.slice(node.argument.start, node.argument.end);
    yield ['update', node.prefix ? operator + argument : argument + operator];
  } else if (node.type === 'AssignmentExpression' && ASSIGNED[node.operator]) {
    yield ['assignment', `${text.slice(node.left.start, node.left.end)} ${ASSIGNED[node.operator]} ${raw(node.right)}`];
  } else if (node.type === 'Literal' && typeof node.value === 'number') {
    yield ['constant', String(node.value + 1)];
    yield ['constant', `(${node.value - 1})`];
  } else if (node.type === 'Literal' && typeof node.value === 'bigint') {
    yield ['constant', `${node.value + 1n}n`];
  } else if (node.type === 'Literal' && typeof node.value === 'boolean') {
    yield ['constant', String(!node.value)];
  } else if (node.type === 'CallExpression' && node.callee.type === 'MemberExpression' && !node.callee.computed) {
    const { property } = node.callee;
    const method = Object.hasOwn(METHODS, property.name) ? METHODS[property.name] : undefined;
    if (method) yield ['method', text.slice(node.start, property.start) + method + text.slice(property.end, node.end)];
  } else if (node.type === 'ExpressionStatement' && !node.directive && node.expression.callee?.type !== 'Super') {
    yield ['removed', ''];
  } else if (['ThrowStatement', 'ContinueStatement', 'BreakStatement'].includes(node.type)) {
    yield ['removed', ''];
  } else if (node.type === 'ReturnStatement') {
    if (node.argument === null) yield ['removed', ''];
    for (const value of node.argument ? (returns ?? []) : []) {
      if (value !== text.slice(node.argument.start, node.argument.end)) yield ['returned', `return ${value};`];
    }
  }
}

/** The mutants of a file in the order of their places: where, what kind, the text that would stand there, and whether it runs when the file is loaded. */
export function mutantsOf(text) {
  const found = [];
  let depth = 0;
  const add = ({ start, end }, kind, replacement) =>
    found.push({ start, end, kind, replacement, whenLoaded: depth === 0 });
  function visit(node, returns) {
    if (Array.isArray(node)) for (const one of node) visit(one, returns);
    if (typeof node?.type !== 'string' || Array.isArray(node)) return;
    if (node.type === 'ImportDeclaration' || node.source) return;
    if (node.type.startsWith('TS') && !TYPED.includes(node.type)) return;
    if (TYPED.includes(node.type)) {
      visit(node.expression, returns);
      return;
    }
    for (const [kind, replacement] of replacements(node, text, returns)) add(node, kind, replacement);
    if (CONDITIONAL.includes(node.type) && node.test) {
      if (!['WhileStatement', 'ForStatement'].includes(node.type)) add(node.test, 'condition', 'true');
      add(node.test, 'condition', 'false');
    }
    const inside = FUNCTIONS.includes(node.type) ? RETURNED[node.returnType?.typeAnnotation.type] : returns;
    if (FUNCTIONS.includes(node.type)) depth++;
    for (const [key, value] of Object.entries(node)) {
      if (key === 'key' && !node.computed) continue;
      if (typeof value === 'object' && value !== null) visit(value, inside);
    }
    if (FUNCTIONS.includes(node.type)) depth--;
  }
  visit(parseAst(text, { lang: 'ts' }).body);
  return found;
}

const STATEMENTS = ['removed', 'returned'];

/** The text with some of its mutants woven in, each by the number of its switch; the rest of it as it was. */
export function woven(text, mutants) {
  const sorted = [...mutants].sort((a, b) => a.start - b.start || b.end - a.end || a.number - b.number);
  let next = 0;
  /** The text from `start` to `end` with the mutants that lie in it. */
  function write(start, end) {
    let out = '';
    let at = start;
    while (next < sorted.length && sorted[next].start < end) {
      const outer = sorted[next];
      const same = [];
      while (next < sorted.length && sorted[next].start === outer.start && sorted[next].end === outer.end)
        same.push(sorted[next++]);
      out += text.slice(at, outer.start) + switched(same, write(outer.start, outer.end));
      at = outer.end;
    }
    return out + text.slice(at, end);
  }
  return write(0, text.length);
}

/** A piece of text behind the switches of the mutants that stand for it: a statement, or an expression. */
function switched(mutants, original) {
  return mutants.reduce((inner, { number, kind, replacement }) => {
    if (STATEMENTS.includes(kind)) return `{ if (__mutant(${number})) { ${replacement} } else { ${inner} } }`;
    return `(__mutant(${number}) ? (${replacement}) : (${inner}))`;
  }, original);
}
