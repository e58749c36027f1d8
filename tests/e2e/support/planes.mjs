// Control planes that misbehave: everything a client must survive.
import { createServer, request as forward } from 'node:http';

/** Serves `handler(request, response, body)` on a free loopback port until the test ends. */
export async function plane(t, handler) {
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    handler(request, response, Buffer.concat(chunks));
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => { server.closeAllConnections(); server.close(); });
  return `http://127.0.0.1:${server.address().port}`;
}

/** Answers every request alike. */
export const always = (t, status, headers, body) => plane(t, (_, response) => response.writeHead(status, headers).end(body));

/**
 * A control plane in front of a real one. `change(request, body)` may answer {status, body} itself, return a new body to
 * pass on, or nothing, or a promise of that. `answered(request, text)` may rewrite an answer.
 */
export function proxy(t, target, { change = () => undefined, answered = (_, text) => text }) {
  return plane(t, async (request, response, body) => {
    const own = await change(request, body.toString());
    if (own?.status) return response.writeHead(own.status, { 'content-type': 'application/json' }).end(JSON.stringify(own.body));
    const payload = own?.body ?? body;
    const headers = { ...request.headers, host: new URL(target).host, 'content-length': Buffer.byteLength(payload) };
    const onward = forward(target + request.url, { method: request.method, headers }, async (reply) => {
      const chunks = [];
      for await (const chunk of reply) chunks.push(chunk);
      const text = answered(request, Buffer.concat(chunks).toString());
      const out = { ...reply.headers };
      delete out['content-length'];
      delete out['transfer-encoding'];
      response.writeHead(reply.statusCode, out).end(text);
    });
    return onward.end(payload);
  });
}
