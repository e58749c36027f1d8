// `pome run -n` and `pome compare` with real agents.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { agent, script, wholeAgent } from './support/agents.mjs';
import { always, proxy } from './support/planes.mjs';
import { binary, finish, launch, root, scratch } from './support/programs.mjs';

const clean = { PATH: process.env.PATH, LANG: 'C.UTF-8' };
const labelled = '- [D] Issue #1 in `acme/api` has the `bug` label applied\n- [D] Issue #1 in `acme/api` is in state open';

function scenarioFile(t, { criteria = labelled, rest = '' } = {}) {
  const path = join(scratch(t), 'own.md');
  writeFileSync(path, `# Own\n\n## Prompt\n\nLook at issue #1 in acme/api.\n\n## Success Criteria\n\n${criteria}\n\n${rest}`);
  return path;
}

const label = (name = 'bug') => `await api('POST', '/repos/acme/api/issues/1/labels', { labels: ['${name}'] });`;
const read = "await api('GET', '/repos/acme/api/issues/1');";

/** An agent that does `code` but every second time `other`. It counts in a file, in a way that many may do at once. */
function alternating(t, code, other) {
  const folder = scratch(t);
  return script(`import { mkdirSync } from 'node:fs';
    let n = 1;
    for (;; n++) { try { mkdirSync('${folder}/' + n); break; } catch {} }
    if (n % 2) { ${code} } else { ${other} }`);
}

async function run(t, scenario, args, { cwd = scratch(t), env = {} } = {}) {
  const end = await finish(['run', scenario, ...args], { cwd, env: { ...clean, HOME: scratch(t), ...env } });
  return { ...end, cwd };
}

async function group(t, scenario, args, options) {
  const end = await run(t, scenario, ['--json', ...args], options);
  const document = JSON.parse(end.stdout || 'null');
  return { ...end, document, group: document?.groups?.[0] };
}

const compare = (cwd, ...args) => finish(['compare', ...args], { cwd, env: clean });

test('an agent that fails every second time: every number, each trial in a folder of its own', async (t) => {
  const scenario = scenarioFile(t);
  const { code, document, group: found, cwd, stderr } = await group(t, scenario, ['-n', '4', '--jobs', '2', '--agent', alternating(t, read + label(), read + label('wontfix'))]);
  assert.equal(code, 1, stderr);
  assert.deepEqual([document.version, document.command, document.exit_code, document.runs], [1, 'run', 1, []]);
  const { stats, trials } = found;
  assert.deepEqual([stats.trials, stats.graded, stats.ungradable, stats.passed], [4, 4, 0, 2]);
  assert.equal(stats.pass_at_1.value, 0.5);
  assert.deepEqual(stats.pass_hat_k.values, [0.5, 0.166667, 0, 0]);
  assert.match(stats.pass_hat_k.estimator, /C\(c,k\)\/C\(n,k\).*unbiased.*tau-bench/);
  assert.deepEqual(stats.wilson_95, { low: 0.150039, high: 0.849961 });
  assert.deepEqual(stats.flip_rate, { flipping: 1, criteria: 2, value: 0.5 });
  assert.deepEqual(stats.criteria.map((one) => [one.passed, one.failed, one.disagreement]), [[2, 2, 0.666667], [4, 0, 0]]);
  assert.equal(stats.failed_most, 'crit_0');
  assert.deepEqual(stats.calls, { median: 2, most: 2 });
  assert.deepEqual(trials.map((one) => one.trial), [1, 2, 3, 4]);
  assert.deepEqual(trials.map((one) => one.score).sort(), [100, 100, 50, 50]);
  const folder = join(cwd, 'runs/own');
  const stored = JSON.parse(readFileSync(join(folder, `${found.group_id}.json`), 'utf8'));
  assert.deepEqual(stored, found);
  assert.deepEqual(readdirSync(folder).sort(), [...trials.map((one) => one.run_id), `${found.group_id}.json`].sort());
  for (const trial of trials) {
    assert.equal(JSON.parse(readFileSync(join(cwd, trial.artifacts_dir, 'score.json'), 'utf8')).satisfaction, trial.score);
  }
  const latest = JSON.parse(readFileSync(join(cwd, 'runs/latest.json'), 'utf8'));
  const last = trials.find((one) => one.run_id === latest.run_id);
  assert.equal((await finish(['eval', 'latest'], { cwd, env: clean })).code, last.exit_code);
});

test('what people see: a row as each trial ends, then the numbers and where to start', async (t) => {
  const { code, stdout, stderr } = await run(t, scenarioFile(t), ['-n', '2', '--agent', alternating(t, label(), read)]);
  assert.equal(code, 1, stderr);
  assert.match(stdout, /^Own: 2 trials\ntrial 1 {2}pass 100\/100 {2}\d+(\.\d)? s\ntrial 2 {2}FAIL 50\/100 {2}\d+(\.\d)? s {2}Issue #1 in `acme\/api` has the `bug` label applied\n/);
  for (const part of ['1 of 2 graded trials passed.', 'pass@1: 0.5 (c/n), 95 % interval 0.095 to 0.905 (Wilson)', 'pass^k: k=1 0.5, k=2 0', 'unbiased estimator of tau-bench',
    'flip rate: 0.5 (1 of 2 criteria', '1/2  1  Issue #1', 'it failed most often, in 1 of 2 trials', 'group: runs/own/grp_']) {
    assert.ok(stdout.includes(part), `${part}\n${stdout}`);
  }
});

test("a scenario's `runs` is the default; -n 1 is a run like any other", async (t) => {
  const scenario = scenarioFile(t, { rest: '## Config\n\nruns: 3\n' });
  const several = await group(t, scenario, ['--agent', script(label())]);
  assert.equal(several.code, 0, several.stderr);
  assert.deepEqual([several.group.stats.trials, several.group.stats.passed], [3, 3]);
  const once = await group(t, scenario, ['-n', '1', '--agent', script(label())]);
  assert.deepEqual([once.code, once.document.runs.length, once.document.groups], [0, 1, undefined]);
});

test('trials that cannot be graded stand apart', async (t) => {
  const scenario = scenarioFile(t);
  const gap = "await api('GET', '/repos/acme/api/no-such-thing-in-github/at/all');";
  const mixed = await group(t, scenario, ['-n', '4', '--agent', alternating(t, label(), gap)]);
  assert.equal(mixed.code, 0, 'all graded trials passed');
  assert.deepEqual([mixed.group.stats.graded, mixed.group.stats.ungradable, mixed.group.stats.pass_at_1.value], [2, 2, 1]);
  assert.match(mixed.group.trials[1].reason, /the twin does not support GET .*no-such-thing/);
  const alone = await run(t, scenario, ['-n', '2', '--agent', 'false']);
  assert.equal(alone.code, 2);
  assert.match(alone.stdout, /trial 1 {2}could not be graded: The agent's preflight failed/);
  assert.match(alone.stdout, /No trial could be graded\./);
});

test('every flag of a run reaches its trials; reports show each', async (t) => {
  const cwd = scratch(t);
  const { code, group: found } = await group(t, scenarioFile(t), ['-n', '2', '--agent', agent('sleep 60'), '--timeout', '1', '--artifacts-dir', 'elsewhere', '--agent-model=my model', '--report', 'junit=junit.xml'], { cwd });
  assert.equal(code, 1);
  assert.equal(found.agent.model, 'my model');
  assert.ok(found.trials.every((one) => one.agent_end === 'ran out of time' && existsSync(join(cwd, one.artifacts_dir, 'meta.json'))));
  assert.ok(existsSync(join(cwd, 'elsewhere/own', `${found.group_id}.json`)));
  const junit = readFileSync(join(cwd, 'junit.xml'), 'utf8');
  for (const trial of found.trials) assert.ok(junit.includes(trial.run_id), junit);
});

test('usage errors', async (t) => {
  for (const args of [['-n', '0'], ['-n', '101'], ['-n', 'x'], ['--jobs', '0']]) assert.equal((await run(t, scenarioFile(t), args)).code, 5, args.join(' '));
  const cwd = scratch(t);
  writeFileSync(join(cwd, 'odd.json'), '{"group_id":"grp_1","version":1,"trials":[{"graded":1}]}');
  for (const args of [['latest', 'latest'], ['odd.json', 'odd.json'], ['grp_nowhere', 'grp_nowhere'], ['one']]) {
    const end = await compare(cwd, ...args);
    assert.equal(end.code, 5, args.join(' '));
    assert.match(end.stderr, /^pome compare: .*\n$/);
  }
});

const alive = (pid) => { try { process.kill(pid, 0); return true; } catch { return false; } };

test('Ctrl-C ends every trial and starts no further one', async (t) => {
  const folder = scratch(t);
  const cwd = scratch(t);
  const child = spawn(binary, ['run', scenarioFile(t), '-n', '5', '--jobs', '2', '--agent', agent(`echo x > ${folder}/$$; exec sleep 60`)],
    { cwd, env: { ...clean, HOME: scratch(t) }, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { stdout += text; });
  while (readdirSync(folder).length < 2) await new Promise((resolve) => setTimeout(resolve, 50));
  const began = Date.now();
  process.kill(child.pid, 'SIGINT');
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 2);
  assert.ok(Date.now() - began < 10_000);
  assert.deepEqual(readdirSync(folder).filter((pid) => alive(Number(pid))), []);
  assert.equal(readdirSync(folder).length, 2);
  assert.match(stdout, /could not be graded: Interrupted\./);
  assert.match(stdout, /3 trials were not started because (it was interrupted|of what befell trial \d)\n/);
});

test('hosted trials wait for room, and stop where there is none', async (t) => {
  const data = join(scratch(t), 'data');
  const server = await launch(t, ['serve', '--port', '0', '--data', data], { ready: 'POME_API_KEY_FILE' });
  const env = { POME_API_KEY: readFileSync(server.values.POME_API_KEY_FILE, 'utf8').trim() };
  let open = 0;
  let most = 0;
  const narrow = await proxy(t, server.values.POME_URL, {
    change: (request) => {
      if (request.method === 'DELETE') open -= 1;
      if (request.method !== 'POST' || request.url !== '/v1/sessions') return undefined;
      if (open >= 1) return { status: 402, body: { error: { type: 'quota_exceeded', message: 'One session at a time.', request_id: 'r' } } };
      open += 1;
      most = Math.max(most, open);
      return undefined;
    },
  });
  const { code, group: found, stderr } = await group(t, scenarioFile(t), ['-n', '3', '--jobs', '3', '--hosted', '--api-url', narrow, '--agent', script(label())], { env });
  assert.equal(code, 0, stderr);
  assert.deepEqual([found.mode, found.stats.passed, most], ['hosted', 3, 1]);
  assert.match(stderr, /no room for its session now; trying again when another trial has ended \(1 of 5\)/);

  const shut = await always(t, 401, { 'content-type': 'application/json' }, JSON.stringify({ error: { type: 'invalid_auth', message: 'No.', request_id: 'r' } }));
  const refused = await group(t, scenarioFile(t), ['-n', '3', '--hosted', '--api-url', shut, '--agent', 'true'], { env });
  assert.equal(refused.code, 3);
  assert.deepEqual(refused.group.trials.map((one) => one.error_code), ['auth', 'not-started', 'not-started']);
});

async function single(t, cwd, scenario, code) {
  const end = await group(t, scenario, ['--agent', script(code)], { cwd });
  return end.document.runs[0];
}

test('two runs: what broke, what was fixed, and the first call that differs', async (t) => {
  const cwd = scratch(t);
  const scenario = scenarioFile(t);
  const good = await single(t, cwd, scenario, read + label('bug'));
  const bad = await single(t, cwd, scenario, read + label('wontfix'));
  const worse = await compare(cwd, good.run_id, 'latest', '--json');
  assert.equal(worse.code, 1, worse.stderr);
  const document = JSON.parse(worse.stdout);
  assert.deepEqual([document.verdict, document.worse, document.same_scenario, document.score_change, document.test], ['differs', true, true, -50, null]);
  assert.deepEqual(document.criteria.map((one) => one.change), ['broken', 'same']);
  assert.deepEqual(document.divergence, { call: 2, kind: 'body', pointer: '/labels/0', a_value: '"bug"', b_value: '"wontfix"',
    a: { method: 'POST', path: '/repos/acme/api/issues/1/labels', status: 200 }, b: { method: 'POST', path: '/repos/acme/api/issues/1/labels', status: 200 },
    before: { method: 'GET', path: '/repos/acme/api/issues/1', status: 200 } });
  const shown = await compare(cwd, good.artifacts_dir, bad.artifacts_dir);
  assert.match(shown.stdout, /broken +Issue #1 in `acme\/api` has the `bug` label applied {2}passed -> failed\n/);
  assert.match(shown.stdout, /The tapes part at call 2: they send different bodies\.\n {2}before {2}GET \/repos\/acme\/api\/issues\/1 {2}200\n/);
  const better = JSON.parse((await compare(cwd, bad.run_id, good.run_id, '--json')).stdout);
  assert.deepEqual([better.exit_code, better.worse, better.criteria[0].change], [0, false, 'fixed']);
});

test('two runs of the same agent are alike; another scenario is named; a run without verdict is no comparison', async (t) => {
  const cwd = scratch(t);
  const scenario = scenarioFile(t);
  const code = `const issue = await (await api('GET', '/repos/acme/api/issues/1')).json(); ${label()} await api('POST', new URL(issue.comments_url).pathname.replace(/^\\/s\\/[^/]+/, ''), { body: issue.url + ' ' + env.POME_RUN_ID });`;
  const [one, two] = [await single(t, cwd, scenario, code), await single(t, cwd, scenario, code)];
  const alike = await compare(cwd, one.run_id, two.run_id);
  assert.equal(alike.code, 0, alike.stdout);
  assert.match(alike.stdout, /The tapes are alike\./);
  const idle = await single(t, cwd, scenario, '');
  const ended = JSON.parse((await compare(cwd, one.run_id, idle.run_id, '--json')).stdout);
  assert.deepEqual([ended.divergence.call, ended.divergence.kind, ended.divergence.b, ended.divergence.before], [1, 'end', null, null]);
  const other = await single(t, cwd, scenarioFile(t, { criteria: '- [D] Issue #1 in `acme/api` is in state open' }), code);
  const changed = await compare(cwd, one.run_id, other.run_id);
  assert.match(changed.stdout, /The scenarios differ/);
  assert.match(changed.stdout, /only in A/);
  const none = (await group(t, scenario, ['--agent', wholeAgent('exit 9')], { cwd })).document.runs[0];
  const nothing = await compare(cwd, one.run_id, none.run_id);
  assert.equal(nothing.code, 2);
  assert.match(nothing.stdout, /could not be graded: it ended before its agent was scored \(preflight_failed\)/);
});

/** A stored group with so many passing and failing trials. */
function storedGroup(cwd, id, passed, failed) {
  const trial = (ok, number) => ({ trial: number, graded: true, passed: ok, score: ok ? 100 : 0, exit_code: ok ? 0 : 1, run_id: `run_${number}`, artifacts_dir: null,
    duration_ms: 1, calls: 1, reason: null, agent_end: null, error_code: null, criteria: [{ id: 'crit_0', text: 'It works', outcome: ok ? 'passed' : 'failed' }] });
  const trials = Array.from({ length: passed + failed }, (_, index) => trial(index < passed, index + 1));
  mkdirSync(join(cwd, 'runs/own'), { recursive: true });
  writeFileSync(join(cwd, 'runs/own', `${id}.json`), JSON.stringify({ version: 1, group_id: id, scenario: 'own', scenario_hash: 'x', trials }));
}

test('two groups: differs, same, or how many more trials it takes', async (t) => {
  const cwd = scratch(t);
  storedGroup(cwd, 'grp_10', 10, 0);
  storedGroup(cwd, 'grp_9', 9, 1);
  storedGroup(cwd, 'grp_4', 4, 6);
  const worse = await compare(cwd, 'grp_10', 'runs/own/grp_4.json');
  assert.equal(worse.code, 1);
  assert.match(worse.stdout, /differs \(two-sided Fisher exact test at 5 %, p = 0\.011\); B is worse/);
  assert.match(worse.stdout, /broken +It works {2}10\/10 -> 4\/10/);
  assert.equal((await compare(cwd, 'grp_4', 'grp_10')).code, 0);
  const open = await compare(cwd, 'grp_10', 'grp_9');
  assert.deepEqual([open.code, open.stdout.includes('cannot tell yet: run 46 more on each side (two-sided Fisher exact test at 5 %, p = 1)')], [0, true], open.stdout);
  const same = JSON.parse((await compare(cwd, 'grp_9', 'grp_9', '--json')).stdout);
  assert.deepEqual([same.verdict, same.test.additional_trials_per_side, same.divergence], ['same', null, null]);
});

test('a group from a run is compared by its id', async (t) => {
  const cwd = scratch(t);
  const scenario = `${root}scenarios/01-bug-happy-path.md`;
  const { group: found } = await group(t, scenario, ['-n', '2', '--agent', 'true'], { cwd });
  const end = await compare(cwd, found.group_id, found.group_id);
  assert.equal(end.code, 0, end.stderr);
  assert.match(end.stdout, /0 of 2 passed \(95 % interval 0 to 0\.658\), mean score/);
});
