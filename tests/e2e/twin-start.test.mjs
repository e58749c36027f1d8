// `pome twin start` over real sockets.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { finish, launch, raw, scratch } from './support/programs.mjs';

const clean = { PATH: process.env.PATH };
const start = (t, args = [], env = {}) =>
  launch(t, ['twin', 'start', ...args, '--port', '0'], { ready: 'POME_AUTH_TOKEN', env: { ...clean, ...env }, cwd: scratch(t) });
const origin = (twin) => new URL(twin.values.POME_GITHUB_REST_URL).origin;
const call = (twin, path, options = {}) =>
  fetch(twin.values.POME_GITHUB_REST_URL + path, { ...options, headers: { authorization: `Bearer ${twin.values.POME_AUTH_TOKEN}`, ...options.headers } });

test('prints exactly its three NAME=value lines and serves the default seed', async (t) => {
  const twin = await start(t, ['github']);
  const issue = await call(twin, '/repos/acme/api/issues/1');
  assert.equal(issue.status, 200);
  const body = await issue.json();
  assert.equal(body.number, 1);
  assert.ok(body.url.startsWith(twin.values.POME_GITHUB_REST_URL), body.url);
  assert.equal(twin.values.POME_GITHUB_MCP_URL, `${twin.values.POME_GITHUB_REST_URL}/mcp`);
  const { code, stdout } = await twin.stop();
  assert.equal(code, 0);
  assert.deepEqual(stdout.trim().split('\n').map((line) => line.split('=')[0]), ['POME_GITHUB_REST_URL', 'POME_GITHUB_MCP_URL', 'POME_AUTH_TOKEN']);
});

test('SIGINT stops it, too, with exit code 0', async (t) => {
  const twin = await start(t);
  assert.equal((await twin.stop('SIGINT')).code, 0);
});

test('healthz needs no token; sessions do', async (t) => {
  const twin = await start(t);
  const health = await (await fetch(`${origin(twin)}/healthz`)).json();
  assert.equal(health.ok, true);
  assert.equal((await fetch(`${twin.values.POME_GITHUB_REST_URL}/user`)).status, 401);
  assert.equal((await fetch(`${twin.values.POME_GITHUB_REST_URL}/_pome/state`)).status, 401);
  assert.equal((await call(twin, '/_pome/state')).status, 200);
});

test('the tape records calls; /admin/reset empties it and restores the world', async (t) => {
  const twin = await start(t);
  const created = await call(twin, '/repos/acme/api/issues', { method: 'POST', body: '{"title":"new"}' });
  assert.equal(created.status, 201);
  const { number } = await created.json();
  const events = await (await call(twin, '/_pome/events')).json();
  assert.equal(events.length, 1);
  assert.equal(events[0].method, 'POST');
  const reset = await fetch(`${origin(twin)}/admin/reset`, { method: 'POST' });
  assert.equal(reset.status, 200);
  assert.equal((await (await call(twin, '/_pome/events')).json()).length, 0);
  assert.equal((await call(twin, `/repos/acme/api/issues/${number}`)).status, 404);
});

test('/admin refuses pages, and wants the admin token when one is set', async (t) => {
  const open = await start(t);
  assert.equal((await fetch(`${origin(open)}/admin/reset`, { method: 'POST', headers: { origin: 'http://evil.example' } })).status, 403);
  const guarded = await start(t, [], { TWIN_ADMIN_TOKEN: 'let-me-in' });
  const reset = (headers) => fetch(`${origin(guarded)}/admin/reset`, { method: 'POST', headers });
  assert.equal((await reset({})).status, 403);
  assert.equal((await reset({ 'x-admin-token': 'no' })).status, 403);
  assert.equal((await reset({ 'x-admin-token': 'let-me-in' })).status, 200);
});

test('--seed, POME_SEED_JSON and /admin/seed replace the world', async (t) => {
  const seed = JSON.stringify({ repositories: [{ owner: 'zed', name: 'only' }] });
  const file = `${scratch(t)}/seed.json`;
  writeFileSync(file, seed);
  for (const twin of [await start(t, ['--seed', file]), await start(t, [], { POME_SEED_JSON: seed })]) {
    assert.equal((await call(twin, '/repos/zed/only')).status, 200);
    assert.equal((await call(twin, '/repos/acme/api')).status, 404);
  }
  const twin = await start(t);
  const reseed = (body) => fetch(`${origin(twin)}/admin/seed`, { method: 'POST', body });
  assert.equal((await reseed('not json')).status, 400);
  assert.equal((await call(twin, '/repos/acme/api')).status, 200, 'a bad seed changes nothing');
  assert.equal((await reseed(seed)).status, 200);
  assert.equal((await call(twin, '/repos/zed/only')).status, 200);
});

test('a token for another sid opens its own world', async (t) => {
  const twin = await start(t, [], { TWIN_AUTH_SECRET: 's3cret' });
  const other = 'other-world';
  const signature = createHmac('sha256', 's3cret').update(`github:${other}`).digest('base64url').slice(0, 22);
  const token = `ghp_pome_${Buffer.from(other).toString('base64url')}_${signature}`;
  const there = (path, options = {}) => fetch(`${origin(twin)}/s/${other}${path}`, { ...options, headers: { authorization: `token ${token}` } });
  assert.equal((await there('/repos/acme/api/issues', { method: 'POST', body: '{"title":"only there"}' })).status, 201);
  assert.equal((await (await there('/_pome/events')).json()).length, 1);
  assert.equal((await (await call(twin, '/_pome/events')).json()).length, 0, 'worlds are apart');
  assert.equal((await fetch(`${origin(twin)}/s/third/user`, { headers: { authorization: `token ${token}` } })).status, 401);
});

test('off loopback a secret is made once, kept 0600 and printed', async (t) => {
  const data = `${scratch(t)}/twin-data`;
  const first = await start(t, ['--host', '0.0.0.0'], { POME_TWIN_DATA_DIR: data });
  await first.stop();
  const stored = readFileSync(`${data}/secret`, 'utf8').trim();
  assert.equal(stored.length, 64);
  assert.equal(statSync(`${data}/secret`).mode & 0o777, 0o600);
  assert.match((await first.end).stdout, new RegExp(`^TWIN_AUTH_SECRET=${stored}$`, 'm'));
  const second = await start(t, ['--host', '0.0.0.0'], { POME_TWIN_DATA_DIR: data });
  const { stdout } = await second.stop();
  assert.doesNotMatch(stdout, /TWIN_AUTH_SECRET/);
  writeFileSync(`${data}/secret`, 'short');
  const refused = await finish(['twin', 'start', '--host', '0.0.0.0', '--port', '0'], { env: { ...clean, POME_TWIN_DATA_DIR: data } });
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /TWIN_AUTH_SECRET/);
});

test('POME_RECORDER_EVENTS_PATH keeps every call as a redacted JSON line, whatever is reset', async (t) => {
  const folder = scratch(t);
  const path = `${folder}/events.jsonl`;
  const env = { POME_RECORDER_EVENTS_PATH: path, TWIN_AUTH_SECRET: 'a-secret-of-the-test-0123456789abcdef', TWIN_ADMIN_TOKEN: 'let-me-in-please', POME_RUN_ID: 'run_env' };
  const rows = () => readFileSync(path, 'utf8').trim().split('\n').filter(Boolean).map((line) => JSON.parse(line));
  const twin = await start(t, [], env);
  assert.equal(statSync(path).mode & 0o777, 0o600);
  assert.deepEqual(rows(), []);
  const secrets = `${twin.values.POME_AUTH_TOKEN} ${env.TWIN_AUTH_SECRET} ghp_${'a'.repeat(36)}`;
  assert.equal((await call(twin, '/repos/acme/api/issues', { method: 'POST', body: JSON.stringify({ title: 'leak', body: secrets }) })).status, 201);
  assert.equal((await fetch(`${twin.values.POME_GITHUB_REST_URL}/user?page=2`)).status, 401);
  await call(twin, '/_pome/events');
  const before = rows();
  assert.deepEqual(before.map((row) => [row.kind, row.method, row.status, row.run_id]), [['TwinHttpEvent', 'POST', 201, 'run_env'], ['TwinHttpEvent', 'GET', 401, 'run_env']]);
  assert.match(before[1].path, /\/user\?page=2$/);
  for (const secret of secrets.split(' ')) assert.ok(!readFileSync(path, 'utf8').includes(secret), secret);
  const admin = (headers) => fetch(`${origin(twin)}/admin/reset`, { method: 'POST', headers });
  assert.equal((await admin({})).status, 403);
  assert.equal((await admin({ 'x-admin-token': env.TWIN_ADMIN_TOKEN })).status, 200);
  await call(twin, '/user');
  assert.deepEqual(rows().map((row) => row.status), [201, 401, 200]);
  await twin.stop();
  const again = await start(t, [], env);
  await call(again, '/user');
  assert.equal(rows().length, 4, 'a restart appends');
  const refused = await finish(['twin', 'start', '--port', '0'], { env: { ...clean, POME_RECORDER_EVENTS_PATH: `${folder}/missing/events.jsonl` }, cwd: folder });
  assert.equal(refused.code, 5);
  assert.match(refused.stderr, /^pome twin start: POME_RECORDER_EVENTS_PATH: Cannot write .*missing.*\n$/);
});

test('a variable that means nothing here is named', async (t) => {
  const twin = await start(t, [], { GITHUB_CLONE_DB: '/tmp/github.db' });
  assert.match((await twin.stop()).stderr, /GITHUB_CLONE_DB is not used/);
  const memory = await start(t, [], { GITHUB_CLONE_DB: ':memory:' });
  assert.doesNotMatch((await memory.stop()).stderr, /GITHUB_CLONE_DB/);
});

test('names other than its own are refused, also with a good token', async (t) => {
  const twin = await start(t);
  const { pathname } = new URL(twin.values.POME_GITHUB_REST_URL);
  const answer = await raw(origin(twin), `GET ${pathname}/user HTTP/1.1\r\nHost: rebound.example\r\nAuthorization: Bearer ${twin.values.POME_AUTH_TOKEN}\r\nConnection: close\r\n\r\n`);
  assert.match(answer, /^HTTP\/1\.1 421 /);
});

test('wrong input ends with one clear line and exit code 5; a taken port with 2', async (t) => {
  const twin = await start(t);
  const { port } = new URL(origin(twin));
  const file = `${scratch(t)}/bad.json`;
  writeFileSync(file, '{"repositories": 7}');
  for (const [args, code, pattern] of [
    [['slack'], 5, /Available: github/],
    [['--port', '99999'], 5, /--port/],
    [['--port', 'x'], 5, /--port/],
    [['--seed', '/no/such/file'], 5, /\/no\/such\/file/],
    [['--seed', file, '--port', '0'], 5, /repositories/],
    [['--sid', 'a/b', '--port', '0'], 5, /sid|session/i],
    [['--public-url', 'ftp://x', '--port', '0'], 5, /--public-url/],
    [['--port', port], 2, new RegExp(`Port ${port} .*in use`)],
    [['--host', '203.0.113.7', '--port', '0'], 2, /203\.0\.113\.7/],
  ]) {
    const done = await finish(['twin', 'start', ...args], { env: { ...clean, TWIN_AUTH_SECRET: 'x'.repeat(32) }, cwd: scratch(t) });
    assert.equal(done.code, code, `${args.join(' ')}: ${done.stderr}`);
    assert.match(done.stderr, pattern);
    assert.equal(done.stderr.trim().split('\n').length, 1, done.stderr);
    assert.equal(done.stdout, '');
  }
});

test('a request that is under way is answered before the twin stops', async (t) => {
  const twin = await start(t);
  const calls = Array.from({ length: 50 }, () => call(twin, '/repos/acme/api/issues').then((response) => response.status));
  await Promise.race(calls);
  const { code } = await twin.stop();
  assert.equal(code, 0);
  const settled = await Promise.allSettled(calls);
  assert.ok(settled.some((one) => one.status === 'fulfilled' && one.value === 200));
  assert.ok(settled.every((one) => one.status === 'rejected' || one.value === 200), 'no half answer');
});

test('loopback needs no data folder', async (t) => {
  const folder = scratch(t);
  const twin = await launch(t, ['twin', 'start', '--port', '0'], { ready: 'POME_AUTH_TOKEN', env: clean, cwd: folder });
  await twin.stop();
  assert.equal(existsSync(`${folder}/.pome-data`), false);
});
