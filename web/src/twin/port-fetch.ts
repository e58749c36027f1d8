/** `fetch` over a message port: how code in this tab reaches a twin that has no address. */

export interface PortRequest { id: number; method: string; target: string; headers: [string, string][]; body: ArrayBuffer | null }
export type PortReply = { id: number; error: string } | { id: number; error?: never; status: number; headers: [string, string][]; body: ArrayBuffer };

const bodiless = new Set([101, 204, 205, 304]);

/** A fetch whose requests all go to the twin behind `port`; the URL's origin is only a name. */
export function portFetch(port: MessagePort): typeof fetch {
  const waiting = new Map<number, { resolve: (reply: PortReply) => void }>();
  let next = 1;
  port.onmessage = ({ data }: MessageEvent<PortReply>) => {
    waiting.get(data.id)?.resolve(data);
    waiting.delete(data.id);
  };
  return async (input, init) => {
    const request = new Request(input, init);
    const url = new URL(request.url);
    const bytes = await request.arrayBuffer();
    const id = next++;
    const message: PortRequest = {
      id, method: request.method, target: url.pathname + url.search, headers: [...request.headers], body: bytes.byteLength > 0 ? bytes : null,
    };
    const reply = await new Promise<PortReply>((resolve, reject) => {
      request.signal.throwIfAborted();
      request.signal.addEventListener('abort', () => {
        waiting.delete(id);
        reject(request.signal.reason);
      }, { once: true });
      waiting.set(id, { resolve });
      port.postMessage(message, bytes.byteLength > 0 ? [bytes] : []);
    });
    if (reply.error !== undefined) throw new TypeError(reply.error);
    const response = new Response(bodiless.has(reply.status) ? null : reply.body, { status: reply.status, headers: reply.headers });
    Object.defineProperty(response, 'url', { value: request.url });
    return response;
  };
}
