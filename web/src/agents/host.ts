/** The worker's side of an agent: receives the task once, runs, reports. */
import type { TwinAccess } from '../twin/home';
import { portFetch } from '../twin/port-fetch';
import type { AgentEvent, StartAgent } from './messages';

export type RunAgent = (start: StartAgent, log: (text: string) => void) => Promise<string>;

function post(event: AgentEvent): void {
  self.postMessage(event);
}

/**
 * The fetch an agent uses for its twin; every call is shown on the page as it happens. It reaches the twin and nothing
 * else: a path that climbs out of the session (a model may invent one) is refused, and no cookie goes along.
 */
export function twinFetch(twin: TwinAccess): typeof fetch {
  const inner = twin.port ? portFetch(twin.port) : fetch;
  const base = new URL(twin.baseUrl);
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    if (url.origin !== base.origin || !url.pathname.startsWith(`${base.pathname}/`)) {
      throw new TypeError(`${url.pathname} is outside the twin.`);
    }
    const began = performance.now();
    const response = await inner(input, { ...init, credentials: 'omit' });
    // A twin in this tab reports its calls itself.
    if (!twin.port) {
      const method = init?.method ?? (input instanceof Request ? input.method : 'GET');
      post({ type: 'call', call: { method, path: url.pathname.slice(base.pathname.length) + url.search, status: response.status, ms: performance.now() - began } });
    }
    return response;
  };
}

export function hostAgent(run: RunAgent): void {
  self.onmessage = async ({ data }: MessageEvent<StartAgent>) => {
    try {
      post({ type: 'done', ok: true, summary: await run(data, (text) => post({ type: 'log', text })) });
    } catch (error) {
      post({ type: 'done', ok: false, error: error instanceof Error ? error.message : String(error) });
    }
  };
}
