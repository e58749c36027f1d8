// `pome scenarios`: the shipped library, listed and copied.
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { spawnSync } from 'node:child_process';
import { root } from '../../tools/dev/setup.mjs';

const folder = mkdtempSync(join(tmpdir(), 'pome-scenarios-'));
after(() => rmSync(folder, { recursive: true, force: true }));

const pome = (...args) => spawnSync(`${root}/build/gcc/tools/cli/pome`, ['scenarios', ...args], { cwd: folder, encoding: 'utf8' });

test('lists every scenario of the library with its tags', () => {
  const answer = pome('--json');
  assert.equal(answer.status, 0, answer.stderr);
  const { scenarios } = JSON.parse(answer.stdout);
  const files = readdirSync(`${root}/scenarios`).filter((name) => /^\d\d-.*\.md$/.test(name));
  assert.ok(files.length >= 24);
  assert.deepEqual(scenarios.map(({ scenario }) => `${scenario}.md`), files.sort());
  assert.equal(pome().stdout.trim().split('\n').length, files.length);
});

test('filters by tag', () => {
  const { scenarios } = JSON.parse(pome('--tag', 'injection', '--json').stdout);
  assert.ok(scenarios.length >= 3);
  for (const { tags } of scenarios) assert.ok(tags.includes('injection'));
  const none = pome('--tag', 'no-such-tag');
  assert.equal(none.status, 5);
  assert.match(none.stderr, /pome scenarios/);
});

test('copies a scenario with everything that belongs to it, and replaces nothing', () => {
  const target = join(folder, 'mine');
  const answer = pome('06-duplicate-report', '--copy', target);
  assert.equal(answer.status, 0, answer.stderr);
  for (const name of ['06-duplicate-report.md', '06-duplicate-report.seed.json', '06-duplicate-report.solution.json']) {
    assert.equal(readFileSync(join(target, name), 'utf8'), readFileSync(`${root}/scenarios/${name}`, 'utf8'));
  }
  writeFileSync(join(target, '06-duplicate-report.md'), 'mine');
  const again = pome('06-duplicate-report', '--copy', target);
  assert.equal(again.status, 5);
  assert.equal(readFileSync(join(target, '06-duplicate-report.md'), 'utf8'), 'mine');
  assert.ok(!existsSync(join(target, '01-bug-happy-path.md')));
});
