// The command line as a user meets it: every exit code, hostile agents, artifacts. No control plane; see hosted.test.mjs.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { agent, script, wholeAgent } from './support/agents.mjs';
import { binary, finish, root, scratch } from './support/programs.mjs';

const happyPath = `${root}scenarios/01-bug-happy-path.md`;
const clean = { PATH: process.env.PATH, LANG: 'C.UTF-8' };

/** `pome run --json` in a scratch folder: the process's end and its document. */
async function run(t, args, { env = {}, scenario = happyPath, cwd = scratch(t), home = scratch(t) } = {}) {
  const paths = scenario ? [scenario].flat() : [];
  const end = await finish(['run', ...paths, '--json', ...args], { cwd, env: { ...clean, HOME: home, ...env } });
  const document = end.stdout ? JSON.parse(end.stdout) : undefined;
  return { ...end, cwd, document, first: document?.runs[0] };
}

function scenarioFile(t, { criteria = '- [D] Issue #1 in `acme/api` is in state open', rest = '' } = {}) {
  const path = join(scratch(t), 'own.md');
  writeFileSync(path, `# Own\n\n## Prompt\n\nLook at issue #1 in acme/api.\n\n## Success Criteria\n\n${criteria}\n\n${rest}`);
  return path;
}

const folderText = (folder) => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');

test('the bundled octokit agent passes the first scenario: exit 0, every artifact, private files', async (t) => {
  const { code, first, cwd, stderr } = await run(t, []);
  assert.equal(code, 0, stderr);
  assert.deepEqual([first.status, first.score, first.mode, first.exit_code], ['pass', 100, 'self-host', 0]);
  assert.match(first.run_id, /^run_[0-9a-f-]{36}$/);
  assert.match(first.agent_summary, /labelled it bug, assigned it to alice/);
  const folder = join(cwd, first.artifacts_dir);
  assert.deepEqual(readdirSync(folder).sort(), ['events.jsonl', 'meta.json', 'scenario.md', 'score.json', 'state_final.json',
    'state_initial.json', 'stderr.log', 'stdout.txt']);
  for (const name of readdirSync(folder)) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600, name);
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  const rows = readFileSync(join(folder, 'events.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(rows.length, first.calls);
  for (const row of rows) assert.deepEqual([row.kind, row.event_id, row.parent_id, row.run_id], ['TwinHttpEvent', row.request_id, null, first.run_id]);
  const meta = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8'));
  assert.deepEqual([meta.run_id, meta.stop_reason, meta.exit_code, meta.calls], [first.run_id, 'agent_exit_0', 0, rows.length]);
  assert.deepEqual(JSON.parse(readFileSync(join(folder, 'score.json'), 'utf8')), first.report);
  assert.equal(JSON.parse(readFileSync(join(cwd, 'runs/latest.json'), 'utf8')).run_id, first.run_id);
});

test('without --json the verdict is on stdout and progress on stderr, without colours', async (t) => {
  const end = await finish(['run', happyPath], { cwd: scratch(t), env: { ...clean, HOME: scratch(t), TERM: 'xterm' } });
  assert.equal(end.code, 0);
  assert.match(end.stdout, /^PASS {2}A bug report, triaged\n {2}score: 100\/100/);
  assert.match(end.stdout, /artifacts: runs\/01-bug-happy-path\/run_/);
  assert.match(end.stderr, /pome: agent exited with code 0/);
  assert.doesNotMatch(end.stdout + end.stderr, /\x1b/);
  const quiet = await finish(['run', happyPath, '--quiet'], { cwd: scratch(t), env: { ...clean, HOME: scratch(t) } });
  assert.equal(quiet.stderr, '');
});

test('stored runs score the same again, byte for byte, and can be inspected', async (t) => {
  const { cwd, first } = await run(t, []);
  const stored = readFileSync(join(cwd, first.artifacts_dir, 'score.json'), 'utf8');
  for (const wanted of ['latest', first.run_id, first.artifacts_dir]) {
    const again = await finish(['eval', wanted, '--json'], { cwd, env: clean });
    assert.equal(again.code, 0, again.stderr);
    assert.equal(again.stdout, stored, wanted);
  }
  const inspected = await finish(['inspect', first.run_id], { cwd, env: clean });
  assert.match(inspected.stdout, /POST .*\/repos\/acme\/api\/issues\/1\/labels {2}200/);
  const document = JSON.parse((await finish(['inspect', 'latest', '--json'], { cwd, env: clean })).stdout);
  assert.deepEqual([document.meta.run_id, document.score.status, document.events.length], [first.run_id, 'pass', first.calls]);
  for (const command of ['eval', 'inspect']) {
    for (const wanted of ['run_nowhere', '../..', '']) assert.equal((await finish([command, wanted], { cwd, env: clean })).code, 5);
  }
});

test('a seed that redaction spoils does not keep a stored run from being scored', async (t) => {
  const scenario = scenarioFile(t, { criteria: '- [D] Issue #1 is in state open' });
  const login = 'a-key-that-is-a-login';
  writeFileSync(scenario.replace(/md$/, 'seed.json'), JSON.stringify({ repositories: [{ owner: 'zed', name: 'only', collaborators: [login], issues: [{ number: 1, title: 'x' }] }] }));
  const { code, cwd, first, stderr } = await run(t, ['--agent', 'true'], { scenario, env: { OPENAI_API_KEY: login } });
  assert.equal(code, 0, stderr);
  assert.ok(!folderText(join(cwd, first.artifacts_dir)).includes(login));
  const again = await finish(['eval', 'latest', '--json'], { cwd, env: clean });
  assert.equal(again.code, 0, again.stderr);
  assert.deepEqual(JSON.parse(again.stdout), first.report);
});

test('a changed final state changes the verdict of a stored run', async (t) => {
  const { cwd, first } = await run(t, []);
  const file = join(cwd, first.artifacts_dir, 'state_final.json');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"alice"', '"bob"'));
  const end = await finish(['eval', 'latest', '--json'], { cwd, env: clean });
  assert.equal(end.code, 1);
  assert.equal(JSON.parse(end.stdout).status, 'fail');
  writeFileSync(file, '{"cut');
  const refused = async (message) => {
    const broken = await finish(['eval', 'latest'], { cwd, env: clean });
    assert.equal(broken.code, 5);
    assert.match(broken.stderr, /^pome eval: .*\n$/);
    assert.match(broken.stderr, message);
  };
  await refused(/documents cannot be scored/);
  writeFileSync(join(cwd, first.artifacts_dir, 'scenario.md'), '# Cut\n\n## Prompt\n\nx\n');
  await refused(/scenario cannot be scored: line 1: There is no `## Success Criteria` section/);
});

test('exit 1: idle, crashing, signalled and hanging agents are scored and never pass', async (t) => {
  const passing = scenarioFile(t);
  const rows = [
    ['idle', 'true', happyPath, 'exited with code 0', 'agent_exit_0'],
    ['crash', agent('echo oops >&2; exit 7'), passing, 'exited with code 7', 'agent_exit_nonzero'],
    ['signal', agent('kill -SEGV $$'), passing, /signal 11/, 'agent_exit_nonzero'],
    ['hang', agent('sleep 100'), passing, 'ran out of time', 'agent_timeout'],
    ['deaf', agent('trap "" TERM INT HUP; while :; do sleep 100; done'), passing, 'ran out of time', 'agent_timeout'],
  ];
  for (const [name, command, scenario, end, reason] of rows) {
    const began = Date.now();
    const { code, first, cwd } = await run(t, ['--agent', command, '--timeout', '1'], { scenario });
    assert.equal(code, 1, name);
    assert.equal(first.status, 'fail', name);
    assert.match(first.agent_end, end instanceof RegExp ? end : new RegExp(end), name);
    assert.equal(first.report.stop_reason, reason, name);
    assert.equal(JSON.parse(readFileSync(join(cwd, first.artifacts_dir, 'meta.json'), 'utf8')).stop_reason, reason, name);
    assert.ok(Date.now() - began < 6000, `${name} took ${Date.now() - began} ms`);
  }
});

test('grandchildren that leave the group, ignore signals and hold the pipes neither delay the run nor survive it', async (t) => {
  const folder = scratch(t);
  const began = Date.now();
  const command = agent(`(trap "" TERM HUP INT; while :; do sleep 1; echo x >> ${folder}/alive; done) &
    setsid sh -c 'trap "" TERM HUP INT; echo $$ > ${folder}/pid; while :; do sleep 1; echo y >> ${folder}/alive; done' &
    while [ ! -s ${folder}/pid ]; do sleep 0.05; done; echo done`);
  const { code, first } = await run(t, ['--agent', command], { scenario: scenarioFile(t) });
  assert.equal(code, 0);
  assert.ok(Date.now() - began < 5000);
  assert.match(first.notes.join(), /running process\(es\) behind/);
  assert.throws(() => process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 0), { code: 'ESRCH' });
});

test('100 MB of output are cut and cost little', async (t) => {
  const began = Date.now();
  const { code, first, cwd } = await run(t, ['--agent', agent('head -c 100000000 /dev/zero | tr "\\\\0" x; echo; echo "{\\"summary\\":\\"end\\"}"')],
    { scenario: scenarioFile(t) });
  assert.equal(code, 0);
  assert.ok(Date.now() - began < 10_000);
  assert.equal(first.agent_summary, 'end');
  const stdout = readFileSync(join(cwd, first.artifacts_dir, 'stdout.txt'), 'utf8');
  assert.ok(stdout.length < 1.1 * 2 ** 20);
  assert.match(stdout, /\[\.\.\. \d+ bytes left out \.\.\.\]/);
});

test('the agent gets the contract and nothing more; secrets reach no artifact', async (t) => {
  const secrets = { OPENAI_API_KEY: 'sk-e2e0123456789abcdefghijklmnop', POME_API_KEY: 'pme_e2e0123456789abcdefghijkl',
    DATABASE_PASSWORD: 'not-listed-e2e-password', CUSTOM_TOKEN: 'listed-e2e-token-value', POME_AGENT_ENV_ALLOWLIST: 'CUSTOM_TOKEN,POME_API_KEY' };
  const { code, first, cwd, stdout } = await run(t, ['--agent', script(`
    const all = JSON.stringify(env);
    console.log(all); console.error(all);
    await api('POST', '/repos/acme/api/issues/1/comments', { body: 'env: ' + env.OPENAI_API_KEY + ' ' + env.CUSTOM_TOKEN + ' ' + env.POME_AUTH_TOKEN });
    console.log(JSON.stringify({ summary: 'token ' + env.POME_AUTH_TOKEN + ' key ' + env.OPENAI_API_KEY }));`)],
  { env: secrets, scenario: scenarioFile(t) });
  assert.equal(code, 0);
  const text = folderText(join(cwd, first.artifacts_dir)) + stdout;
  const seenToken = /edt_[\w.-]{20,}|eyJ[\w-]{10,}\.[\w-]{10,}/;
  for (const [name, value] of Object.entries(secrets).slice(0, 4)) assert.ok(!text.includes(value), `${name} is in an artifact`);
  assert.doesNotMatch(text, seenToken);
  assert.match(text, /REDACTED/);
});

test('the environment of the agent is exactly the documented one', async (t) => {
  const home = scratch(t);
  const out = scratch(t);
  const { first, cwd } = await run(t, ['--agent', agent(`env | cut -d= -f1 | sort > ${out}/names; env > ${out}/values; echo "$HOME" > ${out}/home`)],
    { env: { OPENAI_API_KEY: 'sk-x', POME_API_KEY: 'pme_team_key_of_e2e', SSH_AUTH_SOCK: '/x' }, scenario: scenarioFile(t), home });
  const names = readFileSync(join(out, 'names'), 'utf8').trim().split('\n').filter((name) => !['PWD', 'SHLVL', '_', 'OLDPWD'].includes(name));
  assert.deepEqual([...new Set(names)], ['HOME', 'LANG', 'OPENAI_API_KEY', 'PATH', 'POME_ARTIFACTS_DIR', 'POME_AUTH_TOKEN',
    'POME_GITHUB_REST_URL', 'POME_GITHUB_TOKEN', 'POME_RUN_ID', 'POME_TASK', 'POME_TWIN_NAMES']);
  const values = readFileSync(join(out, 'values'), 'utf8');
  assert.ok(!values.includes('pme_team_key'));
  assert.match(values, new RegExp(`POME_ARTIFACTS_DIR=${join(cwd, first.artifacts_dir)}\n`));
  assert.match(values, new RegExp(`POME_GITHUB_REST_URL=http://127\\.0\\.0\\.1:\\d+/s/${first.run_id}\n`));
  assert.notEqual(readFileSync(join(out, 'home'), 'utf8').trim(), home);
});

test('calls of the preflight do not count: the world is reset before the run', async (t) => {
  const label = 'curl -s -X POST -H "Authorization: Bearer $POME_AUTH_TOKEN" -d "{\\"labels\\":[\\"bug\\"]}" $POME_GITHUB_REST_URL/repos/acme/api/issues/1/labels';
  const { code, first } = await run(t, ['--agent', wholeAgent(`[ "$POME_PREFLIGHT" = 1 ] && ${label}; exit 0`)],
    { scenario: scenarioFile(t, { criteria: '- [D] Issue #1 in `acme/api` has the `bug` label applied' }) });
  assert.equal(code, 1);
  assert.equal(first.calls, 0);
});

test('exit 2: preflight failures and agents that cannot start leave no verdict', async (t) => {
  const rows = [['false', 'preflight'], [wholeAgent('sleep 100'), 'preflight'], ['/no/such/agent', 'agent-not-started']];
  for (const [command, expected] of rows) {
    const { code, first } = await run(t, ['--agent', command, '--timeout', '1']);
    assert.equal(code, 2, command);
    assert.deepEqual([first.status, first.score, first.error.code], ['error', null, expected]);
  }
});

test('exit 2: a call the twin does not support makes the run incomplete, unless a criterion is about that', async (t) => {
  const command = script("await api('GET', '/repos/acme/api/pages');");
  const { code, first } = await run(t, ['--agent', command], { scenario: scenarioFile(t) });
  assert.equal(code, 2);
  assert.equal(first.status, 'incomplete');
  assert.match(first.report.gaps[0].path, /\/repos\/acme\/api\/pages$/);
  const graded = await run(t, ['--agent', command], { scenario: scenarioFile(t, { criteria: '- [D] No unsupported endpoint was called' }) });
  assert.equal(graded.code, 1);
});

test('exit 5: bad flags, missing files and invalid scenarios, before anything runs', async (t) => {
  const rows = [
    [['run'], /SCENARIO is required/],
    [['eval'], /RUN is required/],
    [['twin'], /pome twin start/],
    [['help', 'nothing'], /no command "nothing"/],
    [['serve', '--port', '99999'], /not in range 0 to 65535/],
    [['serve', '--port', 'x'], /not in range 0 to 65535/],
    [['run', happyPath, '--artifacts-dir', `${happyPath}/x`], /is a file/],
    [['run', happyPath, '--bogus'], /--help/],
    [['run', happyPath, '--timeout', '0'], /timeout/],
    [['run', happyPath, '--timeout', 'x'], /not in range 1 to 86400/],
    [['twin', 'start', '--port', 'x'], /--port = x is not a number/],
    [['run', '/no/such.md'], /There is no scenario file or folder \/no\/such\.md/],
    [['run', scratch(t)], /no scenario/],
    [['run', happyPath, '--agent', "node 'x"], /never closed/],
    [['run', happyPath, '--agent', ''], /empty/],
    [['lint', '/no/such.md'], /There is no scenario/],
    [['completion', 'tcsh'], /tcsh.*bash, zsh, fish/],
    [['runn'], /Did you mean "run"/],
  ];
  for (const [args, message] of rows) {
    const end = await finish(args, { cwd: scratch(t), env: { ...clean, HOME: scratch(t) } });
    assert.equal(end.code, 5, args.join(' '));
    assert.match(end.stderr, message);
    assert.equal(end.stdout, '');
    assert.equal(end.stderr.trim().split('\n').length, 1, end.stderr);
  }
});

test('exit 5: a [D] line that binds to nothing stops the run; --allow-ungraded runs it, and it cannot pass', async (t) => {
  const scenario = scenarioFile(t, { criteria: '- [D] Issue #1 in `acme/api` is in state open\n- [D] The moon is made of cheese' });
  const refused = await run(t, ['--agent', 'true'], { scenario });
  assert.equal(refused.code, 5);
  assert.equal(refused.first.run_id, null);
  assert.match(refused.stderr, /own\.md:10:7: error: .*\[criterion-unbound\]/);
  const allowed = await run(t, ['--agent', 'true', '--allow-ungraded'], { scenario });
  assert.equal(allowed.code, 1);
  assert.notEqual(allowed.first.status, 'pass');
});

test('several files: each runs, the highest code wins', async (t) => {
  const folder = scratch(t);
  writeFileSync(join(folder, '1.md'), readFileSync(scenarioFile(t)));
  writeFileSync(join(folder, '2.md'), '# Broken\n\n## Prompt\n\nHello\n');
  writeFileSync(join(folder, '3.md'), readFileSync(happyPath));
  const { code, document } = await run(t, ['--agent', 'true'], { scenario: folder });
  assert.equal(code, 5);
  assert.deepEqual(document.runs.map((one) => [one.scenario, one.exit_code]), [['1', 0], ['2', 5], ['3', 1]]);
});

test('pome.json names the agent; --agent wins; broken project files are explained', async (t) => {
  const cwd = scratch(t);
  mkdirSync(join(cwd, 'below'));
  writeFileSync(join(cwd, 'pome.json'), '{"command": "sh -c \'echo from-manifest\'"}');
  const named = await run(t, [], { cwd: join(cwd, 'below'), scenario: scenarioFile(t) });
  assert.equal(readFileSync(join(named.cwd, named.first.artifacts_dir, 'stdout.txt'), 'utf8'), 'from-manifest\n');
  writeFileSync(join(cwd, 'pome.json'), '{');
  const broken = await run(t, [], { cwd, scenario: scenarioFile(t) });
  assert.equal(broken.code, 5);
  assert.match(broken.stderr, /pome\.json is not valid JSON/);
  assert.equal((await run(t, ['--agent', 'true'], { cwd, scenario: scenarioFile(t) })).code, 0);
});

test('Ctrl-C ends the agent and the run quickly', async (t) => {
  const folder = scratch(t);
  const child = spawn(binary, ['run', happyPath, '--json', '--agent', agent(`trap "" INT TERM; echo $$ > ${folder}/pid; while :; do sleep 5; done`)],
    { cwd: folder, env: { ...clean, HOME: folder }, stdio: ['ignore', 'pipe', 'ignore'] });
  let stdout = '';
  child.stdout.on('data', (chunk) => { stdout += chunk; });
  let pid = '';
  for (let i = 0; i < 200 && !pid; ++i) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    try { pid = readFileSync(join(folder, 'pid'), 'utf8').trim(); } catch { /* not yet */ }
  }
  const began = Date.now();
  child.kill('SIGINT');
  const code = await new Promise((resolve) => child.on('close', resolve));
  assert.equal(code, 2);
  assert.ok(Date.now() - began < 4000);
  assert.equal(JSON.parse(stdout).runs[0].error.code, 'interrupted');
  assert.throws(() => process.kill(Number(pid), 0), { code: 'ESRCH' });
});

test('lint lists every problem with its place, as text and as JSON', async (t) => {
  const scenario = scenarioFile(t, { criteria: '- [D] Issue #1 has nothing\n- [P] nice', rest: '## Config\n\n```yaml\ntimeout: soon\n```\n\n## Seed State\n\n```json\n{"repositories":[{"owner":"acme"}]}\n```\n' });
  const text = await finish(['lint', scenario], { env: clean });
  assert.equal(text.code, 5);
  assert.match(text.stdout, /own\.md:9:7: error: .*\n {2}hint: /);
  const json = await finish(['lint', scenario, happyPath, '--json'], { env: clean });
  const document = JSON.parse(json.stdout);
  assert.deepEqual([document.exit_code, document.files.map((file) => file.ok)], [5, [false, true]]);
  assert.ok(document.files[0].diagnostics.length >= 3);
  for (const found of document.files[0].diagnostics) assert.ok(found.line > 0 && found.column > 0 && found.code && found.message);
  assert.equal((await finish(['lint', `${root}scenarios`], { env: clean })).code, 0);
});

test('every command explains itself', async () => {
  const help = await finish(['--help'], { env: clean });
  const commands = [...help.stdout.matchAll(/^ {2}([a-z]+(?: [a-z]+)?) {2,}/gm)].map((match) => match[1]);
  assert.ok(commands.length >= 9, commands.join());
  for (const command of commands) {
    const end = await finish([...command.split(' '), '--help'], { env: clean });
    assert.equal(end.code, 0, command);
    assert.match(end.stdout, /Usage: pome/, command);
  }
});

test('bash completion offers commands and the flags each command declares', async (t) => {
  const script = join(scratch(t), 'pome.bash');
  writeFileSync(script, (await finish(['completion', 'bash'], { env: clean })).stdout);
  const complete = async (...words) => {
    const quoted = words.map((word) => `'${word}'`).join(' ');
    const child = spawn('bash', ['-c', `source '${script}'; COMP_WORDS=(${quoted}); COMP_CWORD=${words.length - 1}; _pome; printf '%s\\n' "\${COMPREPLY[@]}"`], { env: clean });
    let out = '';
    child.stdout.on('data', (chunk) => { out += chunk; });
    await new Promise((resolve) => child.on('close', resolve));
    return out.trim().split('\n');
  };
  assert.deepEqual(await complete('pome', 'ru'), ['run']);
  assert.deepEqual(await complete('pome', 'run', '--allow'), ['--allow-ungraded']);
  assert.deepEqual(await complete('pome', 'run', 'x.md', '--ag'), ['--agent', '--agent-model']);
  assert.deepEqual(await complete('pome', 'completion', 'z'), ['zsh']);
  assert.deepEqual(await complete('pome', 'twin', ''), ['coverage', 'start']);
  assert.deepEqual(await complete('pome', 'twin', 'start', 'g'), ['github']);
  assert.deepEqual(await complete('pome', 'run', ''), [''], 'bash offers files then');
  for (const shell of ['zsh', 'fish']) {
    const end = await finish(['completion', shell], { env: clean });
    assert.equal(end.code, 0);
    assert.match(end.stdout, /allow-ungraded/);
  }
});

test('exit 3: no key, a readable credentials file, a broken one', async (t) => {
  const home = scratch(t);
  const none = await run(t, ['--hosted'], { home });
  assert.equal(none.code, 3);
  assert.match(none.stderr, /pome login/);
  mkdirSync(join(home, '.pome'));
  const file = join(home, '.pome/credentials.json');
  writeFileSync(file, '{"api_key":"pme_x1234567890"}');
  chmodSync(file, 0o644);
  const loose = await run(t, ['--hosted'], { home });
  assert.equal(loose.code, 3);
  assert.match(loose.stderr, /chmod 600/);
  writeFileSync(file, '{');
  chmodSync(file, 0o600);
  assert.equal((await run(t, ['--hosted'], { home })).code, 3);
  assert.equal((await finish(['whoami'], { env: { ...clean, HOME: home } })).code, 3);
});
