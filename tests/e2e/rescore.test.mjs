// The page that scores stored runs again: run folders as `pome run` writes them, and bundles, in a real Chromium.
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startPome } from './pome-server.mjs';
import { launch } from './support.mjs';
import { finish, root } from './support/programs.mjs';

const folder = mkdtempSync(join(tmpdir(), 'pome-rescore-'));
let pome;
let browser;
let page;

before(async () => {
  [pome, browser] = await Promise.all([startPome(), launch()]);
  page = await browser.newPage();
  const end = await finish(['run', `${root}scenarios/01-bug-happy-path.md`, '--artifacts-dir', join(folder, 'runs'), '--quiet'], { cwd: folder });
  assert.equal(end.code, 0, end.stderr);
});
after(async () => {
  await browser?.close();
  await pome?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const only = (path) => join(path, readdirSync(path).find((name) => !name.endsWith('.json')));
const storedRun = () => only(only(join(folder, 'runs')));

async function rescore(input, path) {
  await page.goto(`${pome.origin}/?rescore`);
  await page.waitForSelector('html[data-ready]');
  await page.setInputFiles(input, path);
  await page.waitForFunction(() => /rescored in|no stored run/.test(document.querySelector('#rescore-status')?.textContent ?? ''));
  const rows = await page.$$eval('tbody tr', (found) => found.map((row) => [row.className, ...[...row.cells].map((cell) => cell.textContent)]));
  return { status: await page.textContent('#rescore-status'), rows };
}

test('a folder of runs: the same verdict, and one that was changed by hand is told', async () => {
  const run = storedRun();
  const changed = join(folder, 'runs', '01-bug-happy-path', 'run_changed');
  cpSync(run, changed, { recursive: true });
  const score = JSON.parse(readFileSync(join(changed, 'score.json'), 'utf8'));
  writeFileSync(join(changed, 'score.json'), JSON.stringify({ ...score, status: 'fail', satisfaction: 12 }));
  const broken = join(folder, 'runs', '01-bug-happy-path', 'run_cut');
  cpSync(run, broken, { recursive: true });
  writeFileSync(join(broken, 'state_final.json'), '{"repositories":[');
  const { status, rows } = await rescore('#rescore-folder', join(folder, 'runs'));
  assert.match(status, /^3 runs rescored in [\d.]+ s: 1 verdict changed, 1 could not be read\.$/);
  const byRun = (name) => rows.find((row) => row[1].endsWith(name));
  assert.deepEqual(byRun('run_changed').slice(2), ['fail 12', 'pass 100', '✗ changed']);
  assert.equal(byRun('run_cut')[0], 'unread');
  assert.equal(rows.filter((row) => row[0] === 'same').length, 1);
  await page.click('tr.same button');
  assert.equal(await page.getAttribute('.report', 'data-status'), 'pass');
});

test('a bundle file', async () => {
  const bundle = join(folder, 'one.pome.json');
  const end = await finish(['bundle', storedRun(), '-o', bundle], { cwd: folder });
  assert.equal(end.code, 0, end.stderr);
  const { status, rows } = await rescore('#rescore-files', bundle);
  assert.match(status, /^1 run rescored in [\d.]+ s: every verdict is the same\.$/);
  assert.deepEqual(rows[0].slice(2), ['pass 100', 'pass 100', '✓ same']);
});

test('files that are no runs', async () => {
  const { status } = await rescore('#rescore-files', `${root}package.json`);
  assert.match(status, /no stored run among these files/);
});
