/** The control plane of this page's own origin. The key, when one is typed, lives in this module and nowhere else. */

let typedKey = '';

export function useKey(key: string): void {
  typedKey = key.trim();
}

export function hasKey(): boolean {
  return typedKey !== '';
}

/** An answer that is not a success, in words. `status` 0 means that nothing answered. */
export class ControlError extends Error {
  constructor(readonly status: number, message: string) {
    super(message);
  }
}

const hints: Record<number, string> = {
  0: 'No control plane answers here. Start one with `pome serve`, or keep the twin in this tab.',
  401: 'You are not signed in. Open the link that `pome serve` printed, or type an API key.',
  403: 'This key may not do that. Sign in again or use another key.',
  402: 'The monthly quota is used up.',
  429: 'Too many requests; wait a moment and try again.',
};

async function failure(response: Response): Promise<ControlError> {
  let message = '';
  try {
    const body = (await response.json()) as { error?: { message?: string }; message?: string };
    message = body.error?.message ?? body.message ?? '';
  } catch {
    // not JSON: the status says enough
  }
  const hint = hints[response.status] ?? '';
  return new ControlError(response.status, [message || `The control plane answered ${response.status}.`, hint].filter(Boolean).join(' '));
}

async function send(path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (typedKey) headers.set('x-api-key', typedKey);
  if (init.body) headers.set('content-type', 'application/json');
  let response: Response;
  try {
    response = await fetch(path, { ...init, headers, credentials: 'same-origin' });
  } catch {
    throw new ControlError(0, hints[0] ?? '');
  }
  if (!response.ok) throw await failure(response);
  return response;
}

async function json<T>(path: string, init?: RequestInit): Promise<T> {
  const response = await send(path, init);
  const text = await response.text();
  try {
    return JSON.parse(text || '{}') as T;
  } catch {
    throw new ControlError(0, hints[0] ?? '');
  }
}

const post = (body: unknown): RequestInit => ({ method: 'POST', body: JSON.stringify(body) });

export interface Account { user?: { id: string; email?: string }; team?: { id: string; slug: string; plan_tier: string }; api_key?: { id: string; name: string } | null }
export interface CreatedSession { session_id: string; twin_url: string; agent_token: string; expires_at: string; seed_applied?: boolean }
export interface StoredResult { run_id: string; dashboard_url?: string; score?: number; status?: string; mismatch?: boolean }
export interface StoredRun {
  id: string; session_id: string; scenario_name: string; title: string; created_at: string; duration_ms: number;
  stop_reason: string; local_score: number | null; server_score: number; status: string; mismatch: boolean; files: string[];
}

export const control = {
  me: () => json<Account>('/v1/me'),
  createSession: (body: Record<string, unknown>) => json<CreatedSession>('/v1/sessions', post(body)),
  storeResult: (session: string, body: Record<string, unknown>) => json<StoredResult>(`/v1/sessions/${encodeURIComponent(session)}/result`, post(body)),
  deleteSession: async (session: string) => { await send(`/v1/sessions/${encodeURIComponent(session)}`, { method: 'DELETE' }); },
  run: (id: string) => json<StoredRun>(`/v1/runs/${encodeURIComponent(id)}`),
  runFile: async (id: string, name: string) => (await send(`/v1/runs/${encodeURIComponent(id)}/files/${encodeURIComponent(name)}`)).text(),
  approveLogin: (body: Record<string, string>) => json<{ code: string }>('/v1/auth/cli/approve', post(body)),
};
