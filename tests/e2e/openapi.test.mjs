// Every row of tests/data/twin over real HTTP through @octokit/rest, each answer held against GitHub's own OpenAPI
// description. Prints a table: operation, status, schema result, honoured/declared parameters.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Octokit } from '@octokit/rest';
import { docsUrl, documents, violations } from './support/openapi.mjs';
import { coverage, requestOf, rowFiles, seed } from './support/rows.mjs';
import { startTwin } from './support/twin.mjs';

const files = rowFiles();
const results = new Map();  // operation -> status -> number of violations
const quiet = { debug() {}, info() {}, warn() {}, error() {} };
let twin;

before(async () => {
  twin = await startTwin();
});

after(async () => {
  await twin?.stop();
  for (const file of files) {
    const { honoured, declared } = coverage(file);
    for (const [status, wrong] of [...(results.get(file.operation) ?? [])].sort(([a], [b]) => a - b)) {
      const verdict = wrong === 0 ? 'ok' : `${wrong} violations`;
      console.log(`${file.operation.padEnd(42)} ${status}  ${verdict.padEnd(14)} ${honoured}/${declared}`);
    }
  }
});

/** `issues/add-labels` is `octokit.rest.issues.addLabels`. */
function methodOf(octokit, operation) {
  const camel = (text) => text.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const [group, name] = operation.split('/').map(camel);
  return octokit.rest[group]?.[name];
}

async function raw(row, login) {
  const { method, path, search } = requestOf(row);
  const body = row.text ?? (row.body === undefined ? undefined : JSON.stringify(row.body));
  const headers = { ...row.headers, authorization: `Bearer ${twin.token(login)}` };
  const answer = await fetch(twin.rest + path + search, { method, headers, body, redirect: 'manual' });
  const text = await answer.text();
  const json = answer.headers.get('content-type')?.startsWith('application/json');
  return { status: answer.status, headers: Object.fromEntries(answer.headers), data: json ? JSON.parse(text) : text };
}

async function throughOctokit(row, operation, login) {
  const { query, values, body } = requestOf(row, operation);
  const octokitMethod = methodOf(new Octokit(), operation);  // older clients lack the newest operations
  // Bodies whose members the client takes for its own options or for path parameters, and uploads, go plainly too.
  const taken = new Set(['url', 'baseUrl', 'method', 'headers', 'request', 'mediaType', ...Object.keys(values ?? {})]);
  const clashes = Object.keys(body ?? {}).some((name) => taken.has(name)) || operation === 'repos/upload-release-asset';
  const plain = row.text === undefined && !Array.isArray(body) && values !== undefined && octokitMethod !== undefined && !clashes;
  if (!plain) return raw(row, login);
  const octokit = new Octokit({ baseUrl: twin.rest, auth: twin.token(login), log: quiet, request: { redirect: 'manual' } });
  try {
    return await methodOf(octokit, operation)({ ...query, ...body, ...values, headers: row.headers ?? {} });
  } catch (error) {
    if (!error.response) throw error;
    return { status: error.status, headers: error.response.headers, data: error.response.data };
  }
}

function judge(operation, row, answer) {
  const type = answer.headers['content-type'];
  const found = type !== undefined && !type.startsWith('application/json') ? []  // files, diffs, logs, archives
    : violations(operation, answer.status, answer.data, accepted(row) ?? type);
  const statuses = results.get(operation) ?? new Map();
  statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + found.length);
  results.set(operation, statuses);
  assert.deepEqual(found, [], JSON.stringify(answer.data, null, 1));
}

/** The media type whose schema a row's answer follows, when it asks for one of its own. */
function accepted(row) {
  const accept = row.headers?.Accept ?? row.headers?.accept ?? '';
  if (accept.includes('object')) return 'application/vnd.github.object';
  return accept.includes('star') ? 'application/vnd.github.v3.star+json' : undefined;
}

for (const file of files) {
  const actor = (row) => row.as ?? 'alice';
  for (const row of file.cases) {
    test(`${file.operation}: ${row.name}`, async () => {
      await twin.seed(seed(row.seed ?? file.seed));
      for (const step of row.given ?? []) {
        const answer = await raw(step, actor(step));
        assert.ok(answer.status < 400, `${step.request} answered ${answer.status}`);
      }
      const answer = await throughOctokit(row, file.operation, actor(row));
      assert.equal(answer.status, row.status, JSON.stringify(answer.data));
      judge(file.operation, row, answer);
      if (answer.status < 400 || file.operation === 'users/get-by-username') return;
      assert.equal(answer.data.documentation_url, docsUrl(file.operation));
    });
  }
}

test('each declared parameter has a row or a reason', () => {
  for (const file of files) {
    const { missing, stale } = coverage(file);
    assert.deepEqual(missing, [], `${file.operation}: parameters without a successful row`);
    assert.deepEqual(stale, [], `${file.operation}: excuses for parameters GitHub does not have`);
  }
});

test('each row expects a status GitHub documents', () => {
  const common = new Set([400, 403, 404, 409, 410, 422]);  // GitHub's general refusals, documented once for all
  for (const file of files) {
    for (const row of file.cases) {
      assert.ok(common.has(row.status) || documents(file.operation, row.status), `${file.operation} ${row.status}`);
    }
  }
});
