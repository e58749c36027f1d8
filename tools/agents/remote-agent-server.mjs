#!/usr/bin/env node
// An agent behind a URL, in about thirty lines. README.md describes the contract. `PORT=8787 node remote-agent-server.mjs`
import { createServer } from 'node:http';
import { Octokit } from '@octokit/rest';
import { triage } from './triage.mjs';

const CORS = { 'access-control-allow-origin': '*', 'access-control-allow-methods': 'POST, OPTIONS', 'access-control-max-age': '600',
  'access-control-allow-headers': 'content-type, accept', 'access-control-allow-private-network': 'true' };
const LIMIT = 1 << 20;

async function readJson(request) {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) if ((text += chunk).length > LIMIT) throw new Error('The body is over 1 MiB.');
  return JSON.parse(text);
}

const server = createServer(async (request, response) => {
  const answer = (status, body) => response.writeHead(status, { ...CORS, 'content-type': 'application/json' }).end(JSON.stringify(body));
  if (request.method === 'OPTIONS') return response.writeHead(204, CORS).end();
  if (request.method !== 'POST') return answer(405, { error: 'POST {task, env} to this URL.' });
  const streams = (request.headers.accept ?? '').includes('application/x-ndjson');
  const write = (line) => response.write(`${JSON.stringify(line)}\n`);
  try {
    const { task, env = {} } = await readJson(request).catch((error) => { throw Object.assign(error, { status: 400 }); });
    const { POME_GITHUB_REST_URL: baseUrl, POME_GITHUB_TOKEN: auth = env.POME_AUTH_TOKEN } = env;
    if (!task || !baseUrl || !auth) return answer(400, { error: 'Needed: task, env.POME_GITHUB_REST_URL and env.POME_GITHUB_TOKEN.' });
    if (streams) response.writeHead(200, { ...CORS, 'content-type': 'application/x-ndjson', 'cache-control': 'no-store' });
    const result = await triage({ octokit: new Octokit({ baseUrl, auth }), task, log: (text) => streams && write({ type: 'log', text }) });
    return streams ? response.end(`${JSON.stringify({ type: 'result', ok: true, ...result })}\n`) : answer(200, { ok: true, ...result });
  } catch (error) {
    if (response.headersSent) return response.end(`${JSON.stringify({ type: 'result', ok: false, error: error.message })}\n`);
    return answer(error.status === 400 ? 400 : 502, { ok: false, error: error.message });
  }
});

server.listen(Number(process.env.PORT ?? 8787), '127.0.0.1', () => console.log(`remote agent on http://127.0.0.1:${server.address().port}/`));
