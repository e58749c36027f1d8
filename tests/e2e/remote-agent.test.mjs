// The remote-agent contract of tools/agents/README.md, against the example server and a real twin.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { launch, root } from './support/programs.mjs';

async function remoteAgent(t) {
  const child = spawn(process.execPath, [`${root}tools/agents/remote-agent-server.mjs`], { env: { PATH: process.env.PATH, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  t.after(() => child.kill());
  const line = await new Promise((resolve) => child.stdout.setEncoding('utf8').once('data', resolve));
  return line.match(/http\S+/)[0];
}

async function order(t) {
  const { values } = await launch(t, ['twin', 'start', 'github', '--port', '0'], { ready: 'POME_AUTH_TOKEN' });
  const task = 'Triage issue #1 in `acme/api`.';
  return { task, env: { POME_TASK: task, POME_GITHUB_REST_URL: values.POME_GITHUB_REST_URL, POME_GITHUB_TOKEN: values.POME_AUTH_TOKEN } };
}

const send = (url, body, headers = {}) => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });

test('answers JSON when done, and the twin has changed', async (t) => {
  const [url, body] = [await remoteAgent(t), await order(t)];
  const response = await send(url, body);
  assert.equal(response.status, 200);
  assert.equal(response.headers.get('access-control-allow-origin'), '*');
  const answer = await response.json();
  assert.equal(answer.ok, true);
  assert.match(answer.summary, /#1: labelled it bug, assigned it to alice, answered/);
  const issue = await (await fetch(`${body.env.POME_GITHUB_REST_URL}/repos/acme/api/issues/1`, { headers: { authorization: `Bearer ${body.env.POME_GITHUB_TOKEN}` } })).json();
  assert.deepEqual(issue.labels.map((label) => label.name), ['bug']);
});

test('streams lines that end in a result', async (t) => {
  const [url, body] = [await remoteAgent(t), await order(t)];
  const response = await send(url, body, { accept: 'application/x-ndjson' });
  assert.match(response.headers.get('content-type'), /x-ndjson/);
  const lines = (await response.text()).trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(lines.length >= 2);
  assert.ok(lines.slice(0, -1).every((line) => line.type === 'log' && line.text));
  assert.deepEqual([lines.at(-1).type, lines.at(-1).ok], ['result', true]);
});

test('answers preflights, and explains what it cannot do with CORS headers on', async (t) => {
  const url = await remoteAgent(t);
  const preflight = await fetch(url, { method: 'OPTIONS', headers: { origin: 'http://page.test', 'access-control-request-method': 'POST' } });
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers.get('access-control-allow-headers'), /content-type/);
  const unreachable = { task: 'x', env: { POME_GITHUB_REST_URL: 'http://127.0.0.1:9', POME_GITHUB_TOKEN: 't' } };
  for (const [body, status] of [['{', 400], [{ task: 'x' }, 400], [unreachable, 502]]) {
    const response = await send(url, body);
    assert.equal(response.status, status);
    assert.equal(response.headers.get('access-control-allow-origin'), '*');
    assert.ok((await response.json()).error);
  }
  assert.equal((await fetch(url)).status, 405);
});
