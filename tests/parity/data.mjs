// The data of the parity corpus: every scenario, every data row of the parser and the criteria, real runs on the twin.
import { readdirSync, readFileSync, existsSync } from 'node:fs';
import { Octokit } from '@octokit/rest';
import { load } from '@pome/engine';
import { triage } from '../../tools/agents/triage.mjs';
import { root } from '../e2e/support.mjs';

const read = (path) => readFileSync(`${root}/${path}`, 'utf8');
const list = (folder, suffix) => readdirSync(`${root}/${folder}`).filter((name) => name.endsWith(suffix)).sort();

export function scenarios() {
  return list('scenarios', '.md').filter((name) => /^\d/.test(name)).map((name) => {
    const sidecar = `scenarios/${name.replace(/\.md$/, '.seed.json')}`;
    return [name, { markdown: read(`scenarios/${name}`), path: name, ...(existsSync(`${root}/${sidecar}`) ? { sidecar: read(sidecar) } : {}) }];
  });
}

const lines = (text) => (Array.isArray(text) ? text.join('\n') : text);

function documents() {
  return list('tests/data/scenario', '.json').flatMap((file) => JSON.parse(read(`tests/data/scenario/${file}`)).map((row, index) => {
    const config = row.yaml === undefined ? '' : `# T\n\n## Prompt\n\np\n\n## Success Criteria\n\n- [D] x\n\n## Config\n\n\`\`\`yaml\n${lines(row.yaml)}\n\`\`\`\n`;
    return [`${file} ${row.name ?? index}`, {
      markdown: row.markdown === undefined ? config : lines(row.markdown), path: row.path ?? 'row.md', ...(row.sidecar === undefined ? {} : { sidecar: lines(row.sidecar) }),
    }];
  }));
}

function criteria() {
  return list('tests/data/criteria', '.json').map((file) => [file.replace('.json', ''), JSON.parse(read(`tests/data/criteria/${file}`))]);
}

/** `fetch` straight into a twin of this process. */
export function directFetch(twin) {
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const answer = twin.request({ method: request.method, target: url.pathname + url.search, headers: request.headers, body: new Uint8Array(await request.arrayBuffer()) });
    const response = new Response([204, 304].includes(answer.status) ? null : answer.body, { status: answer.status, headers: answer.headers });
    Object.defineProperty(response, 'url', { value: request.url });
    return response;
  };
}

async function runs() {
  const engine = await load();
  const inputs = [];
  for (const [name, source] of scenarios()) {
    const { scenario, seedJson } = engine.parse(source);
    const twin = engine.openTwin({ seed: seedJson });
    const octokit = new Octokit({ baseUrl: twin.baseUrl, auth: twin.token, request: { fetch: directFetch(twin) }, log: { debug() {}, info() {}, warn() {}, error() {} } });
    try {
      await triage({ octokit, task: scenario.prompt });
    } catch (error) {
      if (error.status !== 403) throw error; // a world that limits its callers: what was done until then is a run, too
    }
    const evidence = { state_initial: twin.initialState(), state_final: twin.state(), events: twin.events() };
    twin.close();
    for (const stop_reason of ['agent_exit_0', 'agent_timeout']) inputs.push([`${name} ${stop_reason}`, { scenario: source, ...evidence, stop_reason }]);
    inputs.push([`${name} untouched`, { scenario: source, state_initial: evidence.state_initial, state_final: evidence.state_initial, events: '[]' }]);
    inputs.push([`${name} nothing`, { scenario: source }]);
    inputs.push([`${name} broken`, { scenario: source, ...evidence, state_final: evidence.state_final.slice(0, 100) }]);
  }
  return inputs;
}

const requests = [
  { method: 'GET', path: '/repos/acme/api' }, { method: 'GET', path: '/repos/acme/api/issues/1' },
  { method: 'GET', path: '/repos/acme/api/issues?state=all&per_page=1' }, { method: 'GET', path: '/repos/acme/api/labels' },
  { method: 'POST', path: '/repos/acme/api/issues', body: '{"title":"Grüße 🍐","body":"a\\u0000b","labels":["bug"]}' },
  { method: 'POST', path: '/repos/acme/api/issues/1/comments', body: '{"body":"hello"}' },
  { method: 'PATCH', path: '/repos/acme/api/issues/1', body: '{"state":"closed","state_reason":"not_planned"}' },
  { method: 'POST', path: '/repos/acme/api/labels', body: '{"name":"","color":"zz"}' },
  { method: 'DELETE', path: '/repos/acme/api/labels/question' },
  { method: 'POST', path: '/repos/acme/api/issues', body: '{"title":' }, { method: 'GET', path: '/nowhere/at/all' },
  { method: 'GET', path: '/repos/acme/none' }, { method: 'GET', path: '/repos/acme/api/contents/README.md' },
  { method: 'GET', path: '/user', headers: { authorization: 'Bearer nonsense' } },
];

const credentials = [
  ['environment', { env_api_key: 'pme_environment', env_api_url: 'http://127.0.0.1:1234/' }],
  ['file', { file: { path: '/home/u/.pome/credentials.json', content: '{"api_key":"pme_file","api_url":"https://stored.example/"}', mode: 0o600 } }],
  ['loose file', { file: { path: '/c.json', content: '{"api_key":"pme_file"}', mode: 0o644 } }],
  ['broken file', { file: { path: '/c.json', content: '{', mode: 0o600 } }], ['none', { expected_path: '/home/u/.pome/credentials.json' }],
  ['bad URL', { env_api_key: 'pme_x', flag_api_url: 'not a url' }],
];

const secret = `ghp_${'a1B2'.repeat(9)}`;
const redactions = [
  ['text', { text: `token ${secret} and known-value-123`, known_values: ['known-value-123'] }],
  ['json', { json: JSON.stringify({ a: [secret, { token: 'x' }], n: 1.5, text: 'ünï 🍐' }) }],
  ['lines', { json: `{"a":"${secret}"}\n{"b":2}\n` }], ['not json', { json: '{nope' }], ['nothing', {}],
];

export async function corpusData() {
  return { scenarios: scenarios(), documents: documents(), criteria: criteria(), runs: await runs(), requests, credentials, redactions };
}
