// What the twin records for webhooks, over real HTTP: each payload held against GitHub's own description of the event,
// each signature against the bytes it signs.
import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { after, before, test } from 'node:test';
import { payloadViolations } from './support/openapi.mjs';
import { requestOf, rowFiles, seed } from './support/rows.mjs';
import { startTwin } from './support/twin.mjs';

const { cases } = rowFiles().find((file) => file.operation === 'repos/list-webhook-deliveries');
const rows = cases.filter((row) => row.seed === 'hooked');
const [{ secret }] = seed('hooked').repositories[0].webhooks;
const events = new Set();
let twin;

before(async () => { twin = await startTwin(); });
after(() => twin?.stop());

async function call(row, login) {
  const { method, path, search } = requestOf(row);
  const body = row.body === undefined ? undefined : JSON.stringify(row.body);
  const answer = await fetch(twin.rest + path + search, { method, body, headers: { authorization: `Bearer ${twin.token(login)}` } });
  assert.ok(answer.status < 400, `${row.request} answered ${answer.status}`);
  return answer;
}

for (const row of rows) {
  test(row.name, async () => {
    await twin.seed(seed('hooked'));
    for (const step of row.given) await call(step, step.as ?? 'alice');
    const all = '/repos/acme/api/hooks/570000001/deliveries';
    for (const { id, event, action } of await (await call({ request: `GET ${all}` }, 'olga')).json()) {
      const { request } = await (await call({ request: `GET ${all}/${id}` }, 'olga')).json();
      events.add(event);
      assert.equal(request.headers['X-GitHub-Event'], event);
      assert.equal(request.payload.action ?? null, action);
      const signed = `sha256=${createHmac('sha256', secret).update(JSON.stringify(request.payload)).digest('hex')}`;
      assert.equal(request.headers['X-Hub-Signature-256'], signed);
      assert.deepEqual(payloadViolations(event, action, request.payload), [], `${event} ${action}`);
    }
  });
}

test('the rows show many kinds of event', () => assert.ok(events.size >= 20, [...events].join(' ')));
