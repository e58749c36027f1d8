/** Where a twin lives. Two homes, one interface: this tab's worker, or a session of the control plane. */
import type { Report, Scenario, Source, StopReason } from '@pome/engine';

export interface LiveCall { method: string; path: string; status: number; ms: number }

/** What an agent worker needs to reach the twin: a port into the twin's worker, or nothing but the URL. */
export interface TwinAccess {
  baseUrl: string;
  token: string;
  port: MessagePort | null;
}

export interface FinishedRun extends Prepared {
  report: Report;
  stopReason: StopReason;
  durationMs: number;
  agent: string;
  /** Already redacted. */
  documents: { initial: string; final: string; events: string };
}

export interface TwinSession {
  readonly id: string;
  readonly baseUrl: string;
  readonly token: string;
  /** A token for the agent and a way in. Each call gives a port of its own. */
  access(): TwinAccess;
  initialState(): Promise<string>;
  state(): Promise<string>;
  events(): Promise<string>;
  /** Stores the finished run; the run's page, or null where runs are not stored. */
  store(run: FinishedRun): Promise<string | null>;
  close(): Promise<void>;
}

export interface Prepared {
  source: Source;
  scenario: Scenario;
  /** JSON text; empty for the twin's default seed. */
  seedJson: string;
}

export interface TwinHome {
  open(prepared: Prepared, onCall: (call: LiveCall) => void): Promise<TwinSession>;
}

/** What an agent is told, equal in both homes: the agent contract of tools/agents. */
export function agentEnvironment(session: TwinSession, scenario: Scenario): Record<string, string> {
  return {
    POME_TASK: scenario.prompt,
    POME_TWIN_NAMES: scenario.config.twins.join(','),
    POME_GITHUB_REST_URL: session.baseUrl,
    POME_GITHUB_TOKEN: session.token,
    POME_AUTH_TOKEN: session.token,
    POME_RUN_ID: session.id,
  };
}
