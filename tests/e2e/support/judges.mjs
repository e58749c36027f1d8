// Stand-ins of the three protocols a judge speaks, on one loopback server that remembers what it was sent.
import { listen, readBody } from '../support.mjs';

const protocols = {
  openai: {
    matches: (path) => path.endsWith('/chat/completions'),
    key: (headers) => headers.authorization?.replace(/^Bearer /, ''),
    asked: (body) => ({ rules: body.messages[0].content, question: JSON.parse(body.messages[1].content) }),
    answer: (text) => ({ choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: 'stop' }], usage: { prompt_tokens: 1000, completion_tokens: 20 } }),
  },
  anthropic: {
    matches: (path) => path.endsWith('/v1/messages'),
    key: (headers) => (headers['anthropic-version'] === '2023-06-01' ? headers['x-api-key'] : undefined),
    asked: (body) => ({ rules: body.system, question: JSON.parse(body.messages[0].content) }),
    answer: (text, body) => ({
      type: 'message', stop_reason: body.tools ? 'tool_use' : 'end_turn', usage: { input_tokens: 1000, output_tokens: 20 },
      content: body.tools ? [{ type: 'tool_use', id: 'toolu_1', name: body.tool_choice.name, input: JSON.parse(text) }] : [{ type: 'text', text }],
    }),
  },
  gemini: {
    matches: (path) => /^\/v1beta\/models\/[^/]+:generateContent$/.test(path),
    key: (headers) => headers['x-goog-api-key'],
    asked: (body) => ({ rules: body.systemInstruction.parts[0].text, question: JSON.parse(body.contents[0].parts[0].text) }),
    answer: (text) => ({ candidates: [{ content: { role: 'model', parts: [{ text }] }, finishReason: 'STOP' }], usageMetadata: { promptTokenCount: 1000, candidatesTokenCount: 20 } }),
  },
};

export const verdict = (status, confidence = 0.9, reasoning = `It is a ${status}.`) => JSON.stringify({ status, confidence, reasoning });

/**
 * `reply(question, request)` gives the model's text, or {status, body} for another HTTP answer, or {hang: true}. Each
 * request is kept as {protocol, path, key, headers, text, body, rules, question}.
 */
export async function startJudge(t, reply = () => verdict('pass')) {
  const requests = [];
  const server = await listen(async (incoming, response) => {
    const text = await readBody(incoming);
    const [name, protocol] = Object.entries(protocols).find(([, one]) => one.matches(incoming.url)) ?? [];
    const body = JSON.parse(text);
    const request = { protocol: name, path: incoming.url, key: protocol?.key(incoming.headers), headers: incoming.headers, text, body, ...protocol?.asked(body) };
    requests.push(request);
    const said = reply(request.question, request);
    if (said.hang) return;
    const { status, body: document } = typeof said === 'string' ? { status: 200, body: protocol.answer(said, body) } : said;
    response.writeHead(status, { 'content-type': 'application/json' }).end(typeof document === 'string' ? document : JSON.stringify(document));
  });
  t.after(() => server.close());
  return { origin: server.origin, requests };
}
