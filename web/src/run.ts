/** One run from press to verdict: session, agent, records, score, storage; the session is closed in every case. */
import type { Scenario } from '@pome/engine';
import type { AgentOptions } from './agents/messages';
import { runAgent, type AgentEnd } from './agents/runner';
import { engine } from './engine';
import { dispatch, getState, type HomeKind, type Run } from './state';
import { parseTape } from './tape';
import { controlHome } from './twin/control';
import { agentEnvironment, type Prepared, type TwinHome, type TwinSession } from './twin/home';
import { tabHome } from './twin/tab';

const homes: Record<HomeKind, TwinHome> = { tab: tabHome, control: controlHome };
const change = (run: Partial<Run>) => dispatch({ type: 'run-changed', change: run });
const log = (text: string) => dispatch({ type: 'run-logged', text });

let current: AbortController | null = null;

export function stopRun(): void {
  current?.abort(new Error('stopped'));
}

/** Rows that the twin recorded so far, for agents whose calls this page cannot see. */
function watchCalls(session: TwinSession, signal: AbortSignal): void {
  let seen = 0;
  const timer = setInterval(async () => {
    const rows = parseTape(await session.events().catch(() => ''));
    if (signal.aborted) return;
    for (const row of rows.slice(seen)) dispatch({ type: 'run-called', call: { method: row.method, path: row.path, status: row.status, ms: row.latency_ms } });
    seen = Math.max(seen, rows.length);
  }, 1000);
  signal.addEventListener('abort', () => clearInterval(timer));
}

async function letAgentWork(session: TwinSession, scenario: Scenario, options: AgentOptions, signal: AbortSignal): Promise<AgentEnd> {
  change({ phase: 'running' });
  const watching = new AbortController();
  if (options.kind === 'remote') watchCalls(session, watching.signal);
  const twin = session.access();
  try {
    return await runAgent({ options, task: scenario.prompt, env: agentEnvironment(session, scenario), twin }, scenario.config.timeout * 1000,
      { signal, onLog: log, onCall: (call) => dispatch({ type: 'run-called', call }) });
  } finally {
    watching.abort();
  }
}

interface Finished { prepared: Prepared; session: TwinSession; options: AgentOptions; end: AgentEnd; initial: string; startedAt: number }

async function score({ prepared, session, options, end, initial, startedAt }: Finished): Promise<void> {
  const { source } = prepared;
  change({ phase: 'scoring' });
  const durationMs = Math.round(performance.now() - startedAt);
  const [final, events] = await Promise.all([session.state(), session.events()]);
  const { report } = await engine.evaluate(source, { state_initial: initial, state_final: final, events, stop_reason: end.reason });
  change({ report, tape: parseTape(events), stateInitial: JSON.parse(initial), stateFinal: JSON.parse(final), phase: 'storing' });
  const secrets = [session.token, ...(options.kind === 'llm' && options.key ? [options.key] : [])];
  const [safeInitial = '', safeFinal = '', safeEvents = ''] = await engine.redact([initial, final, events], { known_values: secrets, scenario: source });
  const agent = options.kind === 'llm' ? options.model : options.kind;
  try {
    change({ storedAt: await session.store({ ...prepared, report, stopReason: end.reason, durationMs, agent, documents: { initial: safeInitial, final: safeFinal, events: safeEvents } }) });
  } catch (error) {
    change({ problem: `The verdict below stands, but the run could not be stored: ${message(error)}` });
  }
  change({ phase: 'done' });
}

function message(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Runs the scenario on the page. Problems end up in the state, in words. */
export async function startRun(options: AgentOptions): Promise<void> {
  if (current) return;
  const abort = new AbortController();
  current = abort;
  const { source, home } = getState();
  dispatch({ type: 'run-started', at: Date.now() });
  let session: TwinSession | null = null;
  try {
    const { parsed: { scenario, seedJson }, diagnostics } = await engine.analyse(source);
    const errors = diagnostics.filter((one) => one.severity === 'error');
    if (errors[0]) throw new Error(`The scenario cannot run yet. Line ${errors[0].line}: ${errors[0].message}`);
    const prepared = { source, scenario, seedJson };
    session = await homes[home].open(prepared, (call) => dispatch({ type: 'run-called', call }));
    const initial = await session.initialState();
    abort.signal.throwIfAborted();
    const startedAt = performance.now();
    const end = await letAgentWork(session, scenario, options, abort.signal);
    if (end.reason !== 'agent_exit_0') change({ problem: end.text });
    else if (end.text && end.text !== getState().run.log.at(-1)) log(end.text);
    await score({ prepared, session, options, end, initial, startedAt });
  } catch (error) {
    if (abort.signal.aborted) change({ phase: 'stopped', problem: '' });
    else change({ phase: 'failed', problem: message(error) });
  } finally {
    current = null;
    await session?.close().catch(() => log('The session could not be closed; it expires by itself.'));
  }
}
