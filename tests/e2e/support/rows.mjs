// The rows of tests/data/twin, the same the unit tests run natively and in WebAssembly.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { declaredParameters, operation } from './openapi.mjs';

const folder = fileURLToPath(new URL('../../data/twin/', import.meta.url));

/** The world a file's rows start from: tests/data/twin/seed/<name>.json. */
export const seed = (name = 'world') => JSON.parse(readFileSync(`${folder}seed/${name}.json`, 'utf8'));

export function rowFiles() {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => ({
      operation: name.slice(0, -'.json'.length).replace('__', '/'),
      ...JSON.parse(readFileSync(folder + name, 'utf8')),
    }));
}

/** A row's request taken apart: method, path, query, body and the values of the template's parameters. */
export function requestOf(row, id) {
  const [method, target] = row.request.split(/ (.*)/s);
  const url = new URL(target, 'http://row.test');
  const rawPath = target.split('?')[0];
  return { method, path: rawPath, search: url.search, query: Object.fromEntries(url.searchParams),
           body: row.body, text: row.text, values: id ? pathValues(rawPath, operation(id).path) : {} };
}

function pathValues(path, template) {
  const names = [...template.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
  const last = template.endsWith('}') ? names.at(-1) : undefined;
  const source = template
    .replace(/\/\{(\w+)\}/g, (_, name) => (name === last ? '(?:/(.*))?' : '/([^/]+)'));
  const found = new RegExp(`^${source}/?$`).exec(path);
  if (!found) return undefined;
  return Object.fromEntries(names.map((name, i) => [name, decodeURIComponent(found[i + 1] ?? '')]));
}

/** How many declared parameters the successful rows of an operation use, and which are neither used nor excused. */
export function coverage(file) {
  const declared = declaredParameters(file.operation);
  const used = new Set();
  for (const row of file.cases.filter((one) => one.status < 400)) {
    const { query, body } = requestOf(row);
    for (const name of Object.keys(query)) used.add(name);
    if (Array.isArray(body)) continue;
    for (const name of Object.keys(body ?? {})) used.add(name);
  }
  const excused = Object.keys(file.ignored ?? {});
  return {
    declared: declared.length,
    honoured: declared.filter((name) => used.has(name) && !excused.includes(name)).length,
    missing: declared.filter((name) => !used.has(name) && !excused.includes(name)),
    stale: excused.filter((name) => !declared.includes(name)),
  };
}
