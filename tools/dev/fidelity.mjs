// Writes FIDELITY.md, the ledger of the twin: what the route table answers and what its rows prove.
//   node tools/dev/fidelity.mjs [--check]     --check: only says whether the file is up to date
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { coverage, rowFiles } from '../../tests/e2e/support/rows.mjs';
import { root } from './setup.mjs';

const ledger = `${root}/FIDELITY.md`;

/** The operations of the route table, as the built program tells them. */
function operations() {
  const text = execFileSync(`${root}/build/bin/pome`, ['twin', 'coverage', '--json'], { encoding: 'utf8' });
  return JSON.parse(text).operations;
}

function line(info, file) {
  const { honoured, declared } = coverage(file);
  const statuses = [...new Set(file.cases.map((row) => row.status))].sort((a, b) => a - b).join(' ');
  const left = Object.keys(file.ignored ?? {}).join(', ');
  return `| ${info.operation} | ${info.method} ${info.path} | ${file.cases.length} | ${statuses} | ${honoured}/${declared} | ${left} |`;
}

export function render() {
  const files = new Map(rowFiles().map((file) => [file.operation, file]));
  const infos = operations();
  const totals = { honoured: 0, declared: 0, rows: 0 };
  for (const { operation } of infos) {
    const { honoured, declared } = coverage(files.get(operation));
    totals.honoured += honoured;
    totals.declared += declared;
    totals.rows += files.get(operation).cases.length;
  }
  return [
    '# What the GitHub twin answers',
    '',
    'Written by `node tools/dev/fidelity.mjs` from the route table and the rows of `tests/data/twin`. Each row runs natively, in',
    'WebAssembly and through @octokit/rest over HTTP, where its answer is held against GitHub\'s OpenAPI description. Anything not',
    'listed answers 501, names the nearest operations, and marks the run as incomplete.',
    '',
    `${infos.length} operations, ${totals.rows} rows, ${totals.honoured} of ${totals.declared} declared parameters honoured ` +
      `(${(100 * totals.honoured / totals.declared).toFixed(1)} %).`,
    '',
    '| operation | request | rows | statuses shown | parameters | not honoured |',
    '|---|---|---|---|---|---|',
    ...infos.map((info) => line(info, files.get(info.operation))),
    '',
  ].join('\n');
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const wanted = render();
  const current = existsSync(ledger) ? readFileSync(ledger, 'utf8') : '';
  if (!process.argv.includes('--check')) {
    writeFileSync(ledger, wanted);
  } else if (wanted !== current) {
    console.error('FIDELITY.md is out of date. Run `node tools/dev/fidelity.mjs` and commit it.');
    process.exit(1);
  }
}
