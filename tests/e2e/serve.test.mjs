// `pome serve` over real sockets: ready lines, data on disk, sessions, limits, stopping and being killed.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { test } from 'node:test';
import { finish, launch, raw, scratch } from './support/programs.mjs';

const scenario = Buffer.from(`# Label the bug

## Prompt
Put the label bug on issue 1 of acme/api.

## Success Criteria
- [code] Issue #1 in \`acme/api\` has the \`bug\` label applied
`).toString('base64');

async function serve(t, args = [], { data = scratch(t), port = '0' } = {}) {
  const server = await launch(t, ['serve', '--port', port, '--data', data, ...args], { ready: 'POME_DATA' });
  const url = server.values.POME_URL;
  const key = readFileSync(server.values.POME_API_KEY_FILE, 'utf8').trim();
  const api = (method, path, body) =>
    fetch(url + path, { method, headers: { 'x-api-key': key, 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
  const create = async () => {
    const response = await api('POST', '/v1/sessions', { twins: ['github'], scenario_source: scenario });
    assert.equal(response.status, 201, await response.clone().text());
    return response.json();
  };
  return { ...server, data, url, key, api, create };
}

const twin = (session, path, options = {}) =>
  fetch(session.twin_url + path, { ...options, headers: { authorization: `Bearer ${session.agent_token}`, ...options.headers } });
const label = (session) => twin(session, '/repos/acme/api/issues/1/labels', { method: 'POST', body: '{"labels":["bug"]}' });

test('prints where everything is, and keeps secrets private', async (t) => {
  const server = await serve(t);
  for (const name of ['POME_URL', 'POME_SIGNIN_URL', 'POME_API_KEY_FILE', 'POME_DATA']) assert.ok(server.values[name], name);
  assert.ok(server.values.POME_SIGNIN_URL.startsWith(`${server.url}/signin?code=`));
  assert.match(server.key, /^pme_/);
  for (const name of ['api-key', 'signing-secret', 'pome.db']) {
    assert.equal(statSync(`${server.values.POME_DATA}/${name}`).mode & 0o077, 0, name);
  }
  const { code, stdout, stderr } = await server.stop();
  assert.equal(code, 0);
  assert.ok(!`${stdout}${stderr}`.includes(server.key), 'the key itself is printed nowhere');
});

test('--json prints one object', async (t) => {
  const server = await launch(t, ['serve', '--port', '0', '--data', scratch(t), '--json'], { ready: /^\{.*\}$/ });
  const { stdout } = await server.stop();
  const ready = JSON.parse(stdout);
  assert.deepEqual(Object.keys(ready), ['url', 'signin_url', 'api_key_file', 'data']);
});

test('the key survives a restart, the sign-in link is new', async (t) => {
  const data = scratch(t);
  const first = await serve(t, [], { data });
  await first.stop();
  const second = await serve(t, [], { data });
  assert.equal(second.key, first.key);
  assert.notEqual(new URL(second.values.POME_SIGNIN_URL).search, new URL(first.values.POME_SIGNIN_URL).search);
  assert.equal((await second.api('GET', '/v1/me')).status, 200);
});

test('the sign-in link works once and sets a cookie that pages cannot read', async (t) => {
  const server = await serve(t);
  const signin = () => fetch(server.values.POME_SIGNIN_URL, { redirect: 'manual' });
  const first = await signin();
  assert.equal(first.status, 303);
  const cookie = first.headers.get('set-cookie');
  assert.match(cookie, /HttpOnly/);
  assert.match(cookie, /SameSite=Strict/);
  const me = await fetch(`${server.url}/v1/me`, { headers: { cookie: cookie.split(';')[0] } });
  assert.equal(me.status, 200);
  assert.notEqual((await signin()).status, 303, 'the code is spent');
});

test('a session lives from create to delete, apart from others', async (t) => {
  const server = await serve(t, ['--threads', '2']);
  const [one, two] = await Promise.all([server.create(), server.create()]);
  assert.equal((await label(one)).status, 200);
  const labels = async (session) => (await (await twin(session, '/repos/acme/api/issues/1')).json()).labels.map((each) => each.name);
  assert.deepEqual(await labels(one), ['bug']);
  assert.deepEqual(await labels(two), []);
  assert.equal((await fetch(`${two.twin_url}/user`, { headers: { authorization: `Bearer ${one.agent_token}` } })).status, 401);
  assert.ok((await server.api('DELETE', `/v1/sessions/${one.session_id}`)).ok);
  const gone = await twin(one, '/user');
  assert.equal(gone.status, 404);
  assert.match((await gone.json()).message, /session/);
  assert.equal((await twin(two, '/user')).status, 200);
});

test('many clients in many sessions at once', async (t) => {
  const server = await serve(t, ['--threads', '4']);
  const sessions = await Promise.all(Array.from({ length: 8 }, () => server.create()));
  await Promise.all(sessions.flatMap((session) => Array.from({ length: 25 }, async (_, i) => {
    const made = await twin(session, '/repos/acme/api/issues', { method: 'POST', body: JSON.stringify({ title: `issue ${i}` }) });
    assert.equal(made.status, 201);
    const state = await server.api('GET', `/v1/sessions/${session.session_id}/events`);
    assert.equal(state.status, 200);
    await state.arrayBuffer();
  })));
  for (const session of sessions) {
    const tape = await (await server.api('GET', `/v1/sessions/${session.session_id}/events`)).json();
    assert.equal(tape.length, 25);
  }
});

test('another key, no key and a forged cookie are refused', async (t) => {
  const server = await serve(t);
  for (const headers of [{}, { 'x-api-key': 'pme_wrong' }, { authorization: 'Bearer pme_wrong' }, { cookie: 'pome=forged' }]) {
    assert.equal((await fetch(`${server.url}/v1/me`, { headers })).status, 401, JSON.stringify(headers));
  }
});

test('names other than its own are refused; --public-url adds one', async (t) => {
  const status = async (url, host) => (await raw(url, `GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).slice(9, 12);
  const plain = await serve(t);
  assert.equal(await status(plain.url, 'rebound.example'), '421');
  assert.equal(await status(plain.url, 'localhost'), '200');
  const { port } = new URL(plain.url);
  await plain.stop();
  const named = await serve(t, ['--public-url', 'https://pome.example'], { port });
  assert.equal(named.values.POME_URL, 'https://pome.example');
  assert.ok(named.values.POME_SIGNIN_URL.startsWith('https://pome.example/signin?'));
  const bound = `http://127.0.0.1:${port}`;
  assert.equal(await status(bound, 'pome.example'), '200');
  assert.equal(await status(bound, 'rebound.example'), '421');
});

test('keeps connections alive and answers pipelined requests in order', async (t) => {
  const server = await serve(t);
  const answers = await raw(server.url, 'GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\nGET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  assert.deepEqual(answers.match(/HTTP\/1\.1 \d+/g), ['HTTP/1.1 200', 'HTTP/1.1 404', 'HTTP/1.1 200']);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const ports = new Set();
  for (let i = 0; i < 5; i += 1) {
    await new Promise((resolve, reject) => httpRequest(`${server.url}/healthz`, { agent }, (response) => {
      ports.add(response.socket.localPort);
      response.resume().on('end', resolve);
    }).on('error', reject).end());
  }
  agent.destroy();
  assert.equal(ports.size, 1);
});

test('oversized bodies and headers get an answer, and the server goes on', async (t) => {
  const server = await serve(t);
  const body = Buffer.alloc(70 * 1024 * 1024, 32);
  const refused = await fetch(`${server.url}/v1/sessions`, { method: 'POST', headers: { 'x-api-key': server.key }, body });
  assert.equal(refused.status, 413);
  assert.ok((await refused.json()).error.message);
  const headers = await raw(server.url, `GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: ${'x'.repeat(40_000)}\r\n\r\n`);
  assert.match(headers, /^HTTP\/1\.1 431 /);
  assert.match(await raw(server.url, 'nonsense\r\n\r\n'), /^HTTP\/1\.1 400 /);
  assert.equal((await fetch(`${server.url}/healthz`)).status, 200);
});

test('the page: routes, types, policy, and nothing outside its folder', async (t) => {
  const web = `${scratch(t)}/web`;
  mkdirSync(`${web}/assets`, { recursive: true });
  writeFileSync(`${web}/index.html`, '<!doctype html><title>Pome</title>');
  writeFileSync(`${web}/assets/pome-1.wasm`, '\0asm');
  writeFileSync(`${web}/assets/agent-worker-1.js`, '');
  writeFileSync(`${web}/../secret.txt`, 'secret');
  const server = await serve(t, ['--web', web]);
  for (const path of ['/', '/runs/run_1', '/cli/login?state=x']) {
    const response = await fetch(server.url + path);
    assert.equal(response.status, 200, path);
    assert.match(response.headers.get('content-security-policy'), /default-src 'self'; script-src 'self' 'wasm-unsafe-eval'/);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer');
  }
  assert.equal((await fetch(`${server.url}/assets/pome-1.wasm`)).headers.get('content-type'), 'application/wasm');
  const worker = await fetch(`${server.url}/assets/agent-worker-1.js?connect=https%3A%2F%2Fllm.example`);
  assert.match(worker.headers.get('content-security-policy'), /connect-src 'self' https:\/\/llm\.example;/);
  for (const path of ['/../secret.txt', '/..%2fsecret.txt', '/%2e%2e/secret.txt', '/assets/../../secret.txt']) {
    const answer = await raw(server.url, `GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
    assert.match(answer, /^HTTP\/1\.1 404 /, path);
    assert.ok(!answer.includes('secret\r\n') && !answer.endsWith('secret'), path);
  }
  const bare = await serve(t, ['--web', `${web}/missing`]);
  assert.equal((await fetch(bare.url)).status, 503);
});

test('a taken port, a bad folder and bad flags end with one clear line', async (t) => {
  const server = await serve(t);
  const file = `${scratch(t)}/file`;
  writeFileSync(file, '');
  const { port } = new URL(server.url);
  for (const [args, code, pattern] of [
    [['--port', port, '--data', scratch(t)], 2, new RegExp(`Port ${port} .*in use`)],
    [['--port', '0', '--data', `${file}/below`], 2, /file/],
    [['--port', 'many'], 5, /--port/],
    [['--threads', '0'], 5, /--threads/],
    [['--public-url', 'https://a.example/path'], 5, /--public-url/],
    [['--no-such-flag'], 5, /--no-such-flag/],
  ]) {
    const done = await finish(['serve', ...args], { cwd: scratch(t) });
    assert.equal(done.code, code, `${args.join(' ')}: ${done.stderr}`);
    assert.match(done.stderr, pattern);
    assert.equal(done.stderr.trim().split('\n').length, 1, done.stderr);
  }
});

test('stopping answers requests under way, exits 0, and the run is there after a restart', async (t) => {
  const data = scratch(t);
  const server = await serve(t, [], { data });
  const session = await server.create();
  await label(session);
  const result = await server.api('POST', `/v1/sessions/${session.session_id}/finalize`, { stop_reason: 'agent_exit_0' });
  assert.equal(result.status, 200, await result.clone().text());
  const { run_id: run, score } = await result.json();
  assert.equal(score, 100);
  assert.equal((await server.stop('SIGINT')).code, 0);
  const again = await serve(t, [], { data });
  const stored = await again.api('GET', `/v1/runs/${run}`);
  assert.equal(stored.status, 200);
  assert.equal((await again.api('GET', `/v1/runs/${run}/files/events.jsonl`)).status, 200);
});

test('kill -9 while runs are being stored loses no finished run and leaves no half run', async (t) => {
  const data = scratch(t);
  const finished = [];
  for (let round = 0; round < 4; round += 1) {
    const server = await serve(t, ['--threads', '2'], { data });
    const sessions = await Promise.all(Array.from({ length: 12 }, () => server.create()));
    await Promise.all(sessions.map(label));
    const storing = sessions.map(async (session) => {
      const response = await server.api('POST', `/v1/sessions/${session.session_id}/finalize`, { stop_reason: 'agent_exit_0' });
      if (response.ok) finished.push((await response.json()).run_id);
    });
    await Promise.race(storing);
    server.child.kill('SIGKILL');
    await Promise.allSettled(storing);
    await server.end;
  }
  assert.ok(finished.length >= 4);
  const server = await serve(t, [], { data });
  const runs = await (await server.api('GET', '/v1/runs?limit=200')).json();
  const ids = runs.map((run) => run.run_id);
  for (const id of finished) assert.ok(ids.includes(id), `${id} was answered and is kept`);
  for (const id of ids) {
    for (const name of ['scenario.md', 'state_initial.json', 'state_final.json', 'events.jsonl', 'report.json']) {
      const response = await server.api('GET', `/v1/runs/${id}/files/${name}`);
      assert.equal(response.status, 200, `${id}/${name}`);
      assert.ok((await response.text()).length > 0, `${id}/${name}`);
    }
  }
  assert.equal(readdirSync(`${data}/blobs`).length, ids.length, 'no documents without a row');
});
