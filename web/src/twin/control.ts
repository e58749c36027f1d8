/** A twin at the control plane: it has a URL, and its finished run is stored. */
import { control, ControlError } from '../control-api';
import type { FinishedRun, TwinHome, TwinSession } from './home';

function base64(text: string): string {
  let binary = '';
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

async function sha256Hex(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function ndjson(events: string): string {
  return (JSON.parse(events) as unknown[]).map((row) => `${JSON.stringify(row)}\n`).join('');
}

async function resultBody(run: FinishedRun): Promise<Record<string, unknown>> {
  const { report, documents } = run;
  return {
    scenario_name: run.scenario.slug, scenario_hash: await sha256Hex(run.source.markdown), duration_ms: run.durationMs,
    stop_reason: run.stopReason, agent_model: run.agent, agent_sdk: 'pome-page', satisfaction_score: report.satisfaction,
    status: report.status, criteria_results: report.results, judge_model: null, judge_tokens_in: null, judge_tokens_out: null,
    lanes: [], steps: [], fix_prompt: null, events_jsonl_url: null, trace_jsonl_b64: base64(ndjson(documents.events)),
    state_initial_json_b64: base64(documents.initial), state_final_json_b64: base64(documents.final),
  };
}

async function read(url: string, token: string): Promise<string> {
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` }, credentials: 'omit' });
  if (!response.ok) throw new ControlError(response.status, `The twin answered ${response.status} when its records were read.`);
  return response.text();
}

export const controlHome: TwinHome = {
  async open({ source, scenario, seedJson }): Promise<TwinSession> {
    const created = await control.createSession({
      twins: scenario.config.twins, scenario_source: base64(source.markdown), idempotency_key: crypto.randomUUID(),
      ...(seedJson ? { seed: JSON.parse(seedJson) as unknown } : {}),
    });
    const { session_id: id, agent_token: token } = created;
    const baseUrl = created.twin_url.replace(/\/$/, '');
    return {
      id, baseUrl, token,
      access: () => ({ baseUrl, token, port: null }),
      initialState: () => read(`${baseUrl}/_pome/state`, token),
      state: () => read(`${baseUrl}/_pome/state`, token),
      events: () => read(`${baseUrl}/_pome/events`, token),
      store: async (run) => `/runs/${encodeURIComponent((await control.storeResult(id, await resultBody(run))).run_id)}`,
      close: () => control.deleteSession(id),
    };
  },
};
