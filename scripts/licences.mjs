// What is built into dist, or installed beside it, and by which licence: a page of the docs (node scripts/licences.mjs writes it;
// test/licences.test.ts holds it against package-lock.json), and the texts of the licences, which the build puts into dist.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const read = (...path) => readFileSync(join(root, ...path), 'utf8');

/** The licences that may be in a program under MIT which is given away as a whole. */
export const ALLOWED = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'Apache-2.0 AND BSL-1.0'];

/** Every package that comes to a user, in the order of their paths: `folder`, `name`, `version`, `licence`, which is null where none is told. */
export function packages() {
  const { packages: all } = JSON.parse(read('package-lock.json'));
  return Object.entries(all)
    .filter(([folder, { dev }]) => folder !== '' && !dev)
    .map(([folder, { version, license }]) => {
      const name = folder.slice(folder.lastIndexOf('node_modules/') + 'node_modules/'.length);
      return { folder, name, version, licence: license ?? licenceOfKin(all, name) };
    });
}

/** The binary of an engine for another system has no licence in the lockfile: it is that of the package which names it. */
function licenceOfKin(all, name) {
  const kin = Object.values(all).find(({ optionalDependencies }) => optionalDependencies?.[name] !== undefined);
  return kin?.license ?? null;
}

/** The page: a row a package, those of one scope, version and licence together. */
export function page() {
  const rows = new Map();
  for (const { name, version, licence } of packages()) {
    const scope = name.startsWith('@stdlib/') ? '@stdlib/…' : name;
    const key = `${scope}\0${licence}`;
    const row = rows.get(key) ?? { name: scope, licence, versions: new Set(), count: 0 };
    row.versions.add(version);
    row.count++;
    rows.set(key, row);
  }
  const sorted = [...rows.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  const lines = sorted.map(
    ({ name, licence, versions, count }) =>
      `| ${name}${name.endsWith('…') ? ` (${count} packages)` : ''} | ${[...versions].sort().join(', ')} | ${licence} |`,
  );
  return `# Licences

clv is under the [MIT licence](../LICENSE). It is built of these packages, or installs them beside it; the texts of their licences are
in \`dist/LICENSES.txt\` of the package.

| package | version | licence |
|---|---|---|
${lines.join('\n')}
`;
}

/** The texts of the licences of what is installed here, each once, above it the packages that it is of. */
export function texts() {
  const found = new Map();
  for (const { folder, name, version, licence } of packages()) {
    const path = join(root, folder);
    if (!existsSync(path)) continue;
    const files = readdirSync(path).filter((file) => /^(licen[cs]e|copying|notice)/i.test(file));
    const text = files.length > 0 ? files.map((file) => read(folder, file).trim()).join('\n\n') : `Licence: ${licence}`;
    found.set(text, [...(found.get(text) ?? []), `${name} ${version}`]);
  }
  return [...found].map(([text, of]) => `${of.join(', ')}\n\n${text}\n`).join(`\n${'-'.repeat(80)}\n\n`);
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(root, 'docs/licences.md'), page());
