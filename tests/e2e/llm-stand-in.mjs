// A stand-in of the OpenAI chat-completions protocol that triages issue 1 by tool calls, and remembers what it was sent.
import { listen, readBody } from './support.mjs';

const at = { owner: 'acme', repo: 'api', issue_number: 1 };
const steps = [
  [['get_issue', at], ['list_labels', { owner: 'acme', repo: 'api' }]],
  [['add_labels', { ...at, labels: ['bug'] }], ['add_assignees', { ...at, assignees: ['alice'] }]],
  [['github_request', { method: 'POST', path: '/repos/acme/api/issues/1/comments', body: { body: 'Thanks, alice will have a look.' } }]],
];

const cors = { 'access-control-allow-origin': '*', 'access-control-allow-headers': 'authorization, content-type', 'access-control-allow-methods': 'POST' };

/** `refuse` makes it answer 401, naming the key back, as some endpoints do. */
export async function startLlm(key, { refuse = false, turns = steps } = {}) {
  const requests = [];
  const server = await listen(async (request, response) => {
    if (request.method === 'OPTIONS') return response.writeHead(204, cors).end();
    const body = JSON.parse(await readBody(request));
    requests.push({ authorization: request.headers.authorization, body });
    const answer = (status, value) => response.writeHead(status, { ...cors, 'content-type': 'application/json' }).end(JSON.stringify(value));
    if (refuse || request.headers.authorization !== `Bearer ${key}`) {
      return answer(401, { error: { message: `Incorrect API key provided: ${request.headers.authorization?.slice(7)}.` } });
    }
    const turn = body.messages.filter((message) => message.role === 'assistant').length;
    const calls = turns[turn];
    const message = calls
      ? { role: 'assistant', content: null, tool_calls: calls.map(([name, args], index) => ({ id: `call_${turn}_${index}`, type: 'function', function: { name, arguments: JSON.stringify(args) } })) }
      : { role: 'assistant', content: 'Triaged issue #1.' };
    answer(200, { id: 'chatcmpl-1', object: 'chat.completion', model: body.model, choices: [{ index: 0, message, finish_reason: calls ? 'tool_calls' : 'stop' }] });
  });
  return { ...server, requests };
}
