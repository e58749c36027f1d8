// Proofs as an author meets them: exit codes, what is printed, solutions recorded from runs, the lint's warning.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { finish, root, scratch } from './support/programs.mjs';

const happyPath = `${root}scenarios/01-bug-happy-path.md`;
const env = { PATH: process.env.PATH, LANG: 'C.UTF-8' };

/** A scenario of one repository whose issue has to be closed, with the given further line and calls. */
function scenarioFile(t, { line = '', calls, bad, kind = 'conformance' }) {
  const path = join(scratch(t), 'own.md');
  const criteria = ['- [D] Issue #1 in `acme/api` is in state closed', ...(line ? [line] : [])].join('\n');
  writeFileSync(path, `# Own\n\n## Prompt\n\nClose issue #1 in acme/api.\n\n## Success Criteria\n\n${criteria}\n\n## Config\n\n\`\`\`yaml\nclass: ${kind}\n\`\`\`\n`);
  if (calls) writeFileSync(path.replace(/\.md$/, '.solution.json'), JSON.stringify({ version: 1, calls }));
  if (bad) writeFileSync(path.replace(/\.md$/, '.bad.json'), JSON.stringify({ version: 1, calls: bad }));
  return path;
}

const close = { method: 'PATCH', path: '/repos/acme/api/issues/1', body: { state: 'closed' }, expect: 200 };
const prove = (...args) => finish(['prove', ...args], { env });

test('every scenario that ships is proven', async () => {
  const { code, stdout, stderr } = await prove(`${root}scenarios`);
  assert.equal(code, 0, stdout + stderr);
  assert.doesNotMatch(stdout, /NOT/);
});

test('a proof says what each line would fail for, in words and as JSON', async () => {
  const words = await prove(happyPath);
  assert.match(words.stdout, /^01-bug-happy-path: proven\n/);
  assert.match(words.stdout, /fails when label `bug` is removed from issue #1 of `acme\/api`/);
  const json = await prove(happyPath, '--json');
  const document = JSON.parse(json.stdout);
  assert.deepEqual([document.version, document.command, document.exit_code], [1, 'prove', 0]);
  const [proof] = document.proofs;
  assert.deepEqual([proof.ok, proof.null_agent.status, proof.solution.status, proof.bad_solution], [true, 'fail', 'pass', null]);
  assert.deepEqual(proof.problems, []);
  assert.equal((await prove(happyPath, '--json')).stdout, json.stdout);
});

test('what is not proven answers 1 and is named; lint warns of it', async (t) => {
  const vacuous = scenarioFile(t, { line: '- [D] `issues/create` was called at most 100000 times', calls: [close] });
  const end = await prove(vacuous);
  assert.equal(end.code, 1);
  assert.match(end.stdout, /^own: NOT proven\n/);
  assert.match(end.stdout, /problem: "`issues\/create` was called at most 100000 times" is vacuous/);
  const lint = await finish(['lint', vacuous], { env });
  assert.equal(lint.code, 0);
  assert.match(lint.stdout, /own\.md:10:\d+: warning: .*vacuous/);
  const unsolved = await prove(scenarioFile(t, { calls: [] }));
  assert.equal(unsolved.code, 1);
  assert.match(unsolved.stdout, /The solution does not pass/);
});

test('restraint is proven by a recorded bad solution', async (t) => {
  const line = '- [D] Issue #1 in `acme/api` is closed';
  assert.match((await prove(scenarioFile(t, { kind: 'restraint', line, calls: [close] }))).stdout, /needs a recorded bad solution/);
  const proven = await prove(scenarioFile(t, { kind: 'restraint', line, calls: [close], bad: [{ method: 'GET', path: '/user' }] }));
  assert.equal(proven.code, 0, proven.stdout);
});

test('a missing, broken or misplaced solution answers 5 and says what to do', async (t) => {
  const missing = await prove(scenarioFile(t, {}));
  assert.equal(missing.code, 5);
  assert.match(missing.stderr, /There is no solution .*own\.solution\.json.*pome prove --record latest -o/);
  const broken = scenarioFile(t, {});
  writeFileSync(broken.replace(/\.md$/, '.solution.json'), '{"version": 1,\n"calls": [{"method": "GET"}]}');
  const end = await prove(broken);
  assert.equal(end.code, 5);
  assert.match(end.stderr, /own\.solution\.json: line 2: `path` is a path of GitHub's API/);
  assert.equal((await prove()).code, 5);
  assert.equal((await prove('--record', 'latest')).code, 5);
  assert.equal((await prove(happyPath, `${root}scenarios/02-already-triaged.md`, '--solution', 'x.json')).code, 5);
});

test('a run that did it right becomes a solution that proves its scenario', async (t) => {
  const cwd = scratch(t);
  const run = await finish(['run', happyPath, '--quiet'], { cwd, env: { ...env, HOME: scratch(t) } });
  assert.equal(run.code, 0, run.stderr);
  const recorded = await finish(['prove', '--record', 'latest', '-o', 'recorded.json'], { cwd, env });
  assert.equal(recorded.code, 0, recorded.stderr);
  assert.ok(existsSync(join(cwd, 'recorded.json')));
  const { calls } = JSON.parse(readFileSync(join(cwd, 'recorded.json'), 'utf8'));
  assert.ok(calls.length > 0);
  assert.ok(calls.every((call) => call.method !== 'GET' && call.path.startsWith('/repos/acme/api/')));
  const proven = await finish(['prove', happyPath, '--solution', 'recorded.json'], { cwd, env });
  assert.equal(proven.code, 0, proven.stdout + proven.stderr);
});
