// Agents behind a URL for the tests: the shipped example, and one that misbehaves on request.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { listen, readBody, root } from './support.mjs';

/** tools/agents/remote-agent-server.mjs on a free port. */
export async function startExampleAgent() {
  const child = spawn(process.execPath, [`${root}/tools/agents/remote-agent-server.mjs`], { env: { ...process.env, PORT: '0' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = await new Promise((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (text) => resolve([text]));
    child.once('exit', (code) => reject(new Error(`the example agent ended with ${code}`)));
  });
  return { url: /http:\S+/.exec(line)[0], close: () => child.kill() };
}

/** Answers every POST with `lines` as NDJSON, or with another status; `cors` false leaves out the CORS headers. */
export async function startOddAgent({ status = 200, lines = [], cors = true } = {}) {
  const headers = cors ? { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'content-type, accept', 'access-control-allow-methods': 'POST, OPTIONS' } : {};
  const bodies = [];
  const server = await listen(async (request, response) => {
    if (request.method === 'OPTIONS') return response.writeHead(204, headers).end();
    bodies.push(await readBody(request));
    response.writeHead(status, { ...headers, 'content-type': 'application/x-ndjson' }).end(lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  });
  return { ...server, url: `${server.origin}/`, bodies };
}
