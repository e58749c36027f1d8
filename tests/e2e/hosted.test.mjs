// Hosted runs against `pome serve`, and against control planes that misbehave.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { agent, wholeAgent } from './support/agents.mjs';
import { always, plane, proxy } from './support/planes.mjs';
import { binary, finish, launch, root, scratch } from './support/programs.mjs';
import { labels, markdown, seed } from './support/seeded.mjs';

const happyPath = `${root}scenarios/01-bug-happy-path.md`;
const seeded = `${root}scenarios/05-injected-issue.md`;
const clean = { PATH: process.env.PATH, LANG: 'C.UTF-8' };
const fakeKey = 'pme_e2e_0123456789abcdefghij';

async function serve(t, ...flags) {
  const data = join(scratch(t), 'data');
  const server = await launch(t, ['serve', '--port', '0', '--data', data, ...flags], { ready: 'POME_API_KEY_FILE' });
  const url = server.values.POME_URL;
  const key = readFileSync(server.values.POME_API_KEY_FILE, 'utf8').trim();
  const api = async (method, path) => (await fetch(url + path, { method, headers: { 'x-api-key': key } })).json();
  return { ...server, url, key, api };
}

async function hosted(t, url, key, args = [], { scenario = happyPath, env = {} } = {}) {
  const cwd = scratch(t);
  const end = await finish(['run', scenario, '--hosted', '--json', '--api-url', url, ...args],
    { cwd, env: { ...clean, HOME: scratch(t), ...(key ? { POME_API_KEY: key } : {}), ...env } });
  const document = end.stdout ? JSON.parse(end.stdout) : undefined;
  return { ...end, cwd, first: document?.runs[0] };
}

const folderText = (folder) => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');

test('a hosted run passes, is stored with the same verdict, and its session is deleted', async (t) => {
  const { url, key, api } = await serve(t);
  const { code, first, cwd, stderr } = await hosted(t, url, key);
  assert.equal(code, 0, stderr);
  assert.deepEqual([first.mode, first.status, first.score, first.notes], ['hosted', 'pass', 100, []]);
  assert.match(first.run_id, /^ses_/);
  assert.ok(first.dashboard_url.startsWith(`${url}/runs/run_`), first.dashboard_url);
  const stored = await api('GET', `/v1/runs/${first.dashboard_url.split('/').pop()}`);
  assert.deepEqual([stored.status, stored.server_score, stored.local_score, stored.mismatch], ['pass', 100, 100, false]);
  assert.ok(!['ready', 'running'].includes((await api('GET', `/v1/sessions/${first.run_id}`)).state));
  assert.ok(!folderText(join(cwd, first.artifacts_dir)).includes(key));
  const again = await finish(['eval', 'latest', '--json'], { cwd, env: clean });
  assert.deepEqual(JSON.parse(again.stdout), first.report);
});

test('a run without a single call has a tape all the same: both scores agree', async (t) => {
  const { url, key, api } = await serve(t);
  const { first } = await hosted(t, url, key, ['--agent', 'true']);
  const stored = await api('GET', `/v1/runs/${first.dashboard_url.split('/').pop()}`);
  assert.deepEqual([stored.server_score, stored.mismatch], [first.score, false]);
  assert.equal(first.report.results.find(({ criterion }) => criterion.text === 'No unsupported endpoint was called').outcome, 'passed');
});

test('the agent sees the same variables in both modes and never the team key', async (t) => {
  const { url, key } = await serve(t);
  const out = scratch(t);
  const command = (name) => agent(`env > ${out}/${name}`);
  const env = { POME_AGENT_ENV_ALLOWLIST: 'POME_API_KEY' };
  await hosted(t, url, key, ['--agent', command('hosted')], { env });
  await finish(['run', happyPath, '--agent', command('self')], { cwd: scratch(t), env: { ...clean, HOME: scratch(t), ...env } });
  const names = (name) => readFileSync(join(out, name), 'utf8').trim().split('\n').map((line) => line.split('=')[0]).filter((one) => /^[A-Z_]+$/.test(one)).sort();
  assert.deepEqual(names('hosted'), names('self'));
  assert.ok(!readFileSync(join(out, 'hosted'), 'utf8').includes(key));
});

test('the seed of a scenario is honoured; a control plane that ignores it is named', async (t) => {
  const { url, key } = await serve(t);
  const honoured = await hosted(t, url, key, [], { scenario: seeded });
  assert.deepEqual([honoured.code, honoured.first.notes], [0, []]);
  const deaf = await proxy(t, url, {
    change: (request, body) => {
      if (request.method !== 'POST' || request.url !== '/v1/sessions') return undefined;
      return { body: JSON.stringify({ ...JSON.parse(body), seed: undefined, scenario_source: Buffer.from('# X\n\n## Prompt\n\nx\n').toString('base64') }) };
    },
    answered: (request, text) => (request.url === '/v1/sessions' ? JSON.stringify({ ...JSON.parse(text), seed_applied: undefined }) : text),
  });
  const ignored = await hosted(t, deaf, key, ['--agent', 'true'], { scenario: seeded });
  assert.match(ignored.first.notes.join(), /ignored the scenario's seed/);
});

test('a seed file travels with the run: every door scores it alike', async (t) => {
  const { url, key, api } = await serve(t);
  const folder = scratch(t);
  const scenario = join(folder, 'prose.md');
  writeFileSync(scenario, markdown);
  writeFileSync(join(folder, 'prose.seed.json'), JSON.stringify({ _meta: { version: 1 }, ...seed }));
  const command = agent(`curl -s -X POST -H "Authorization: Bearer $POME_AUTH_TOKEN" -d "{\\"labels\\":[\\"bug\\"]}" $POME_GITHUB_REST_URL${labels}`);
  const { code, first, cwd, stderr } = await hosted(t, url, key, ['--agent', command], { scenario });
  assert.equal(code, 0, stderr);
  assert.deepEqual(first.notes, []);
  const again = await finish(['eval', 'latest', '--json'], { cwd, env: clean });
  assert.deepEqual(JSON.parse(again.stdout), first.report);
  const stored = await api('GET', `/v1/runs/${first.dashboard_url.split('/').pop()}`);
  assert.deepEqual([stored.status, stored.server_score, stored.mismatch], ['pass', 100, false]);
  assert.deepEqual(await api('GET', stored.links['scenario.seed.json']), seed);
});

test('the preflight leaves no trace; where a session cannot be reset, the run says so', async (t) => {
  const { url, key } = await serve(t);
  const curious = wholeAgent('[ "$POME_PREFLIGHT" = 1 ] && curl -s -H "Authorization: Bearer $POME_AUTH_TOKEN" $POME_GITHUB_REST_URL/user; exit 0');
  const reset = await hosted(t, url, key, ['--agent', curious]);
  assert.deepEqual([reset.first.calls, reset.first.notes], [0, []]);
  const old = await proxy(t, url, { change: (request) => (request.url.endsWith('/reset') ? { status: 404, body: {} } : undefined) });
  assert.match((await hosted(t, old, key, ['--agent', curious])).first.notes.join(), /cannot reset a session: the 1 calls/);
});

test('exit 1 and exit 2 with a stored verdict or none', async (t) => {
  const { url, key, api } = await serve(t);
  assert.equal((await hosted(t, url, key, ['--agent', 'true'])).code, 1);
  const crashed = await hosted(t, url, key, ['--agent', agent('exit 3')]);
  assert.equal(crashed.code, 1);
  assert.equal(crashed.first.report.stop_reason, 'agent_exit_nonzero');
  const runs = (await api('GET', '/v1/runs')).length;
  const preflight = await hosted(t, url, key, ['--agent', 'false']);
  assert.equal(preflight.code, 2);
  assert.equal((await api('GET', '/v1/runs')).length, runs, 'nothing is stored without a run');
  assert.ok(!['ready', 'running'].includes((await api('GET', `/v1/sessions/${preflight.first.run_id}`)).state));
});

test('Ctrl-C deletes the session', async (t) => {
  const { url, key, api } = await serve(t);
  const folder = scratch(t);
  const child = spawn(binary, ['run', happyPath, '--hosted', '--api-url', url, '--agent', agent(`echo $POME_RUN_ID > ${folder}/id; sleep 60`)],
    { cwd: folder, env: { ...clean, HOME: folder, POME_API_KEY: key }, stdio: 'ignore' });
  const closed = new Promise((resolve) => child.on('close', resolve));
  for (let i = 0; i < 200 && !(existsSync(`${folder}/id`) && readFileSync(`${folder}/id`, 'utf8').trim()); ++i) await new Promise((r) => setTimeout(r, 25));
  child.kill('SIGINT');
  assert.equal(await closed, 2);
  const session = await api('GET', `/v1/sessions/${readFileSync(`${folder}/id`, 'utf8').trim()}`);
  assert.ok(!['ready', 'running'].includes(session.state), session.state);
});

test('Ctrl-C at any request deletes the session and exits 2', async (t) => {
  const { url, key, api } = await serve(t);
  const stages = ['POST /v1/sessions', /GET .*_pome\/state/, /POST .*\/reset/, /GET .*_pome\/events/, /POST .*\/result-upload-url/, 'PUT ', /POST .*\/result$/, 'DELETE '];
  for (const stage of stages) {
    const cwd = scratch(t);
    let child;
    let seen = 0;
    const slow = await proxy(t, url, {
      change: async (request) => {
        const line = `${request.method} ${request.url}`;
        if (!(stage instanceof RegExp ? stage.test(line) : line.startsWith(stage)) || seen++ > 0) return undefined;
        child.kill('SIGINT');
        await new Promise((resolve) => setTimeout(resolve, 300));
        return undefined;
      },
      answered: (_, text) => text.replaceAll(url, slow),
    });
    child = spawn(binary, ['run', happyPath, '--hosted', '--json', '--api-url', slow, '--agent', 'true'],
      { cwd, env: { ...clean, HOME: cwd, POME_API_KEY: key }, stdio: ['ignore', 'pipe', 'ignore'] });
    let stdout = '';
    child.stdout.on('data', (chunk) => { stdout += chunk; });
    const code = await new Promise((resolve) => child.on('close', resolve));
    assert.ok(seen > 0, `${stage} was reached`);
    const last = stage === 'DELETE ';
    assert.equal(code, last ? 1 : 2, `${stage}: ${stdout}`);
    if (!last) assert.match(JSON.parse(stdout).runs[0].error.message, /Interrupted/);
    const [session] = await api('GET', '/v1/sessions');
    assert.ok(!['ready', 'running'].includes(session.state), `${stage}: ${session.state}`);
  }
  assert.equal((await api('GET', '/v1/sessions')).length, stages.length);
});

test('a reader of the output that goes away ends no run', async (t) => {
  const { url, key, api } = await serve(t);
  const cwd = scratch(t);
  const child = spawn(binary, ['run', happyPath, '--hosted', '--api-url', url], { cwd, env: { ...clean, HOME: cwd, POME_API_KEY: key }, stdio: ['ignore', 'pipe', 'pipe'] });
  child.stdout.destroy();
  child.stderr.once('data', () => child.stderr.destroy());
  const [code, signal] = await new Promise((resolve) => child.on('close', (...end) => resolve(end)));
  assert.deepEqual([code, signal], [0, null]);
  const [session] = await api('GET', '/v1/sessions');
  assert.equal(session.state, 'done');
});

test('exit 3: a wrong key', async (t) => {
  const { url } = await serve(t);
  const { code, first } = await hosted(t, url, fakeKey);
  assert.equal(code, 3);
  assert.deepEqual([first.error.code, first.run_id], ['auth', null]);
  assert.match(first.error.message, /pome login/);
});

test('exit 4: the quota is used up', async (t) => {
  const { url, key } = await serve(t, '--quota', '1');
  assert.equal((await hosted(t, url, key, ['--agent', 'true'])).code, 1);
  const { code, first } = await hosted(t, url, key, ['--agent', 'true']);
  assert.deepEqual([code, first.error.code], [4, 'quota']);
});

test('answers that no control plane should give: one clear sentence and the right exit code each', async (t) => {
  const json = { 'content-type': 'application/json' };
  const html = { 'content-type': 'text/html' };
  const envelope = JSON.stringify({ error: { type: 'x', message: 'No luck today', request_id: 'req_7' } });
  const rows = [
    ['down', 'http://127.0.0.1:9', 2, /does not accept connections/],
    ['no such host', 'http://no-such-host.invalid', 2, /cannot be found/],
    ['HTML', await always(t, 200, html, '<!doctype html><p>Welcome'), 2, /web page instead of JSON/],
    ['HTML 404', await always(t, 404, html, '<h1>404'), 2, /web page instead of JSON/],
    ['text', await always(t, 200, { 'content-type': 'text/plain' }, 'hello'), 2, /not JSON/],
    ['empty', await always(t, 200, json, ''), 2, /"session_id" is missing/],
    ['wrong shape', await always(t, 201, json, '{"session_id":"ses_1","twin_url":"http://x"}'), 2, /"agent_token" is missing/],
    ['an array', await always(t, 201, json, '[]'), 2, /unexpected shape/],
    ['401', await always(t, 401, json, envelope), 3, /No luck today \(request req_7\)/],
    ['403', await always(t, 403, json, '{}'), 3, /HTTP 403/],
    ['402', await always(t, 402, json, envelope), 4, /No luck today/],
    ['429', await always(t, 429, json, envelope), 4, /No luck today/],
    ['422', await always(t, 422, json, envelope), 2, /answered 422: No luck today/],
    ['500', await always(t, 500, json, '{"cut'), 2, /answered 500/],
    ['elsewhere', await always(t, 307, { location: 'http://127.0.0.1:9/v1/sessions' }, ''), 2, /never sent on to another address/],
    ['bad URL', 'ftp://x', 5, /not a usable URL/],
  ];
  for (const [name, url, expected, message] of rows) {
    const { code, first, stderr, cwd } = await hosted(t, url, fakeKey, ['--agent', 'true', '--quiet']);
    assert.equal(code, expected, `${name}: ${stderr}`);
    const said = first ? first.error.message : stderr;
    assert.match(said, message, name);
    assert.ok(!said.trim().includes('\n') && !said.includes(fakeKey), name);
    assert.ok(!existsSync(join(cwd, 'runs')), `${name} leaves nothing on disk`);
  }
});

test('a redirect never carries the key to another origin', async (t) => {
  const seen = [];
  const elsewhere = await plane(t, (request, response) => { seen.push(request.headers['x-api-key']); response.writeHead(200).end('{}'); });
  const url = await always(t, 302, { location: `${elsewhere}/v1/me` }, '');
  const { code } = await finish(['whoami', '--api-url', url], { env: { ...clean, HOME: scratch(t), POME_API_KEY: fakeKey } });
  assert.equal(code, 2);
  assert.deepEqual(seen, []);
});

test('a hiccup while the session is created is survived with one session', async (t) => {
  const { url, key, api } = await serve(t);
  const keys = [];
  const shaky = await proxy(t, url, { change: (request, body) => {
    if (request.url !== '/v1/sessions') return undefined;
    keys.push(JSON.parse(body).idempotency_key);
    return keys.length < 3 ? { status: 503, body: { error: { message: 'busy' } } } : undefined;
  } });
  const { code } = await hosted(t, shaky, key);
  assert.equal(code, 0);
  assert.equal(keys.length, 3);
  assert.equal(new Set(keys).size, 1);
  assert.equal((await api('GET', '/v1/sessions')).length, 1);
});

test('a run that cannot be stored keeps its verdict and its files, says so, and exits 2', async (t) => {
  const { url, key } = await serve(t);
  const full = await proxy(t, url, { change: (request) => (request.url.endsWith('/result') ? { status: 500, body: { error: { message: 'disk full' } } } : undefined) });
  const { code, first, cwd } = await hosted(t, full, key);
  assert.equal(code, 2);
  assert.deepEqual([first.status, first.dashboard_url], ['pass', null]);
  assert.match(first.error.message, /could not be stored: .*disk full/);
  assert.ok(existsSync(join(cwd, first.artifacts_dir, 'score.json')));
});

test('login, whoami, a hosted run with the stored key, logout', async (t) => {
  const { url, key, values } = await serve(t);
  const home = scratch(t);
  const env = { ...clean, HOME: home };
  const child = spawn(binary, ['login', '--api-url', url, '--no-browser'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const closed = new Promise((resolve) => child.on('close', resolve));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { stderr += text; });
  while (!/code_challenge=\S+/.test(stderr)) await new Promise((resolve) => child.stderr.once('data', resolve));
  const link = new URL(stderr.match(/http\S+/)[0]);
  assert.equal(link.origin, url);
  const sent = Object.fromEntries(link.searchParams);
  assert.equal(sent.code_challenge_method, 'S256');

  // What the page does for somebody who is signed in.
  const signin = await fetch(values.POME_SIGNIN_URL, { redirect: 'manual' });
  const cookie = signin.headers.get('set-cookie').split(';')[0];
  const approve = await fetch(`${url}/v1/auth/cli/approve`, { method: 'POST', headers: { cookie, origin: url, 'content-type': 'application/json' },
    body: JSON.stringify({ redirect_uri: sent.redirect_uri, state: sent.state, code_challenge: sent.code_challenge }) });
  assert.equal(approve.status, 200);
  const { code } = await approve.json();

  const forged = await fetch(`${sent.redirect_uri}?code=${code}&state=wrong`);
  assert.equal(forged.status, 400);
  const back = await fetch(`${sent.redirect_uri}?code=${code}&state=${encodeURIComponent(sent.state)}`);
  assert.equal(back.status, 200);
  assert.equal(await closed, 0, stderr);

  const file = join(home, '.pome/credentials.json');
  assert.deepEqual([statSync(file).mode & 0o777, statSync(join(home, '.pome')).mode & 0o777], [0o600, 0o700]);
  const credentials = JSON.parse(readFileSync(file, 'utf8'));
  assert.match(credentials.api_key, /^pme_/);
  assert.notEqual(credentials.api_key, key);
  assert.equal(credentials.api_url, url);
  const who = JSON.parse((await finish(['whoami', '--json'], { env })).stdout);
  assert.equal(who.team.id, credentials.team_id);
  assert.ok(!JSON.stringify(who).includes(credentials.api_key));
  assert.match((await finish(['whoami'], { env })).stdout, /^sessions this month: 0$/m);
  assert.equal((await finish(['run', happyPath, '--hosted'], { cwd: scratch(t), env })).code, 0, 'the stored URL and key are used');
  assert.equal((await finish(['logout'], { env })).code, 0);
  assert.ok(!existsSync(file));
  assert.equal((await finish(['whoami'], { env })).code, 3);
});

test('a login that the page refuses changes no credentials', async (t) => {
  const home = scratch(t);
  mkdirSync(join(home, '.pome'));
  writeFileSync(join(home, '.pome/credentials.json'), '{"api_key":"pme_before_123"}', { mode: 0o600 });
  const child = spawn(binary, ['login', '--api-url', 'http://127.0.0.1:9', '--no-browser'], { env: { ...clean, HOME: home }, stdio: ['ignore', 'ignore', 'pipe'] });
  const closed = new Promise((resolve) => child.on('close', resolve));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text) => { stderr += text; });
  while (!/key_name=\S+/.test(stderr)) await new Promise((resolve) => child.stderr.once('data', resolve));
  const { redirect_uri: back, state } = Object.fromEntries(new URL(stderr.match(/http\S+/)[0]).searchParams);
  await fetch(`${back}?error=denied&state=${encodeURIComponent(state)}`);
  assert.equal(await closed, 2);
  assert.match(stderr, /denied/);
  assert.match(readFileSync(join(home, '.pome/credentials.json'), 'utf8'), /pme_before_123/);
});
