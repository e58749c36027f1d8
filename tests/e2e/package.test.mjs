// The npm package as a stranger gets it: packed, installed into an empty folder, run; and its three descriptions of
// the module (exports, facade, types) held against each other.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { root } from './support.mjs';

const folder = `${root}/wasm/package`;

test('module, facade and declarations name the same functions', async () => {
  const { default: create } = await import(`${folder}/dist/pome.mjs`);
  const { moduleFunctions } = await import(`${folder}/dist/engine.js`);
  const module = await create({ wasmBinary: readFileSync(`${folder}/dist/pome.wasm`) });
  const bindings = [...readFileSync(`${root}/wasm/bindings.cpp`, 'utf8').matchAll(/function\("(\w+)"/g)].map((match) => match[1]);
  assert.deepEqual([...moduleFunctions].sort(), [...bindings].sort());
  for (const name of moduleFunctions) assert.equal(typeof module[name], 'function', name);
  const declared = readFileSync(`${folder}/src/engine.ts`, 'utf8').split('export interface Module {\n')[1].split('\n}\n')[0];
  assert.deepEqual([...declared.matchAll(/^ {2}(\w+)\(/gm)].map((match) => match[1]).sort(), [...bindings].sort());
});

test('reports have the members the types declare', async () => {
  const { load } = await import('@pome/engine');
  const engine = await load();
  const markdown = readFileSync(`${root}/scenarios/01-bug-happy-path.md`, 'utf8');
  const source = { markdown, path: '01-bug-happy-path.md' };
  const { report } = engine.evaluate(source, {});
  const types = readFileSync(`${folder}/src/types.ts`, 'utf8');
  const declared = (name) => {
    const body = types.split(`export interface ${name} {\n`)[1].split('\n}\n')[0];
    return [...body.matchAll(/^ {2}(?:readonly )?(\w+)(\?)?[:(]/gm)].map((match) => ({ name: match[1], optional: match[2] === '?' }));
  };
  const members = (name) => declared(name).map((member) => member.name).sort();
  /** What is declared without `?` is there, and nothing is there that is not declared. */
  const fits = (name, value) => {
    const there = Object.keys(value);
    assert.deepEqual(declared(name).filter((member) => member.optional ? there.includes(member.name) : true).map((member) => member.name).sort(), there.sort());
  };
  fits('Report', report);
  fits('CriterionResult', report.results[0]);
  const grouped = engine.evaluate({ markdown: `${markdown.split('## Config')[0]}### More (weight 2)\n\n- [D optional] Issue #1 is closed\n`, path: 'x.md' },
    { state_initial: '{"repositories":[]}', state_final: '{"repositories":[{"full_name":"acme/api","issues":[]}]}', events: '[]' });
  fits('Report', grouped.report);
  assert.deepEqual(grouped.report.groups, [{ title: 'More', weight: 2 }]);
  for (const result of grouped.report.results) fits('CriterionResult', result);
  const parsed = engine.parse(source);
  assert.deepEqual(members('Parsed'), Object.keys(parsed).sort());
  assert.deepEqual(members('Scenario'), Object.keys(parsed.scenario).sort());
  assert.deepEqual(members('Criterion'), Object.keys(parsed.scenario.criteria[0]).sort());
  assert.deepEqual(members('Config'), Object.keys(parsed.scenario.config).sort());
  const [diagnostic] = engine.lint({ markdown: '# x\n', path: 'x.md' });
  assert.deepEqual(members('Diagnostic'), Object.keys(diagnostic).sort());
  assert.deepEqual(members('Engine'), Object.keys(engine).sort());
  const twin = engine.openTwin();
  assert.deepEqual(members('Twin'), Object.keys(twin).sort());
  twin.close();
});

test('refused calls throw with a code and a sentence', async () => {
  const { load, PomeError } = await import('@pome/engine');
  const engine = await load();
  const refusal = (code) => (error) => error instanceof PomeError && error.code === code && error.message.length > 10;
  assert.throws(() => engine.evaluate({ markdown: 'no heading', path: 'x.md' }, {}), refusal('bad-scenario'));
  assert.throws(() => engine.openTwin({ seed: '{"repositories":[]}' }), refusal('bad-seed'));
  assert.throws(() => engine.openTwin({ seed: '{' }), refusal('bad-seed'));
  assert.throws(() => engine.resolveCredentials({}), refusal('no-credentials'));
  const twin = engine.openTwin();
  twin.close();
  assert.throws(() => twin.state(), refusal('unknown-twin'));
  assert.throws(() => twin.request({ method: 'GET', target: '/s/tab/user' }), refusal('unknown-twin'));
});

test('answers carry bytes, empty headers and odd bodies', async () => {
  const { load } = await import('@pome/engine');
  const engine = await load();
  const twin = engine.openTwin();
  const headers = [['authorization', `Bearer ${twin.token}`]];
  const ask = (method, path, body) => twin.request({ method, target: `${twin.mount}${path}`, headers, ...(body ? { body } : {}) });
  const json = (answer) => JSON.parse(new TextDecoder().decode(answer.body));
  const title = 'Grüße 🍐 "quoted"\n\nsecond';
  const created = ask('POST', '/repos/acme/api/issues', JSON.stringify({ title, body: 'a\n\nb' }));
  assert.equal(created.status, 201);
  assert.equal(json(ask('GET', `/repos/acme/api/issues/${json(created).number}`)).title, title);
  assert.equal(ask('POST', '/repos/acme/api/issues', new Uint8Array([0xff, 0xfe, 0x00])).status, 400);
  assert.equal(twin.request({ method: 'GET', target: `${twin.mount}/user` }).status, 401);
  assert.equal(ask('GET', '/no/such/route').status, 501);
  const worlds = [engine.openTwin(), engine.openTwin()];
  assert.equal(worlds[0].initialState(), worlds[1].initialState());
  for (const one of [twin, ...worlds]) one.close();
});

test('packed and installed into an empty folder, it runs a scenario', { timeout: 120_000 }, () => {
  const scratch = mkdtempSync(join(tmpdir(), 'pome-package-'));
  try {
    const npm = (args, cwd) => execFileSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error', '--offline'], { cwd, encoding: 'utf8' });
    const [packed] = JSON.parse(npm(['pack', '--json', '--ignore-scripts', '--pack-destination', scratch], folder));
    const names = packed.files.map((file) => file.path);
    for (const name of ['dist/index.js', 'dist/node.js', 'dist/types.d.ts', 'dist/pome.wasm', 'dist/pome.mjs', 'README.md']) assert.ok(names.includes(name), name);
    writeFileSync(join(scratch, 'package.json'), '{"private":true,"type":"module"}');
    npm(['install', join(scratch, packed.filename)], scratch);
    writeFileSync(join(scratch, 'use.mjs'), `
      import { load } from '@pome/engine';
      const engine = await load();
      const source = { markdown: ${JSON.stringify('# T\n\n## Prompt\n\nGo.\n\n## Success Criteria\n\n- [D] Issue #1 in `acme/api` has the `bug` label applied\n')}, path: 't.md' };
      const twin = engine.openTwin();
      const { status } = twin.request({ method: 'POST', target: twin.mount + '/repos/acme/api/issues/1/labels', headers: [['authorization', 'Bearer ' + twin.token]], body: '{"labels":["bug"]}' });
      const { report } = engine.evaluate(source, { state_initial: twin.initialState(), state_final: twin.state(), events: twin.events() });
      console.log(engine.version, status, report.status, report.satisfaction);`);
    assert.equal(execFileSync(process.execPath, ['use.mjs'], { cwd: scratch, encoding: 'utf8' }), '0.1.0 200 pass 100\n');
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
