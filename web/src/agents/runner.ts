/** Runs one agent in a worker until it is done, its time is up, or it is stopped. */
import type { StopReason } from '@pome/engine';
import type { LiveCall } from '../twin/home';
import { startWorker } from '../workers';
import agentUrl from './agent-worker?worker&url';
import type { AgentEvent, AgentOptions, StartAgent } from './messages';
import scriptedUrl from './scripted-worker?worker&url';

export interface AgentEnd { reason: StopReason; text: string }

export interface AgentHooks {
  onLog(text: string): void;
  onCall(call: LiveCall): void;
  signal: AbortSignal;
}

/** The one origin besides this page's that the agent must reach. */
function foreignOrigin(options: AgentOptions): string | null {
  if (options.kind === 'scripted') return null;
  return new URL(options.kind === 'llm' ? options.endpoint : options.url).origin;
}

function workerUrl(options: AgentOptions): string {
  const origin = foreignOrigin(options);
  return origin === null ? scriptedUrl : `${agentUrl}?connect=${encodeURIComponent(origin)}`;
}

export function runAgent(start: StartAgent, timeoutMs: number, hooks: AgentHooks): Promise<AgentEnd> {
  return new Promise((resolve, reject) => {
    const worker = startWorker(workerUrl(start.options), 'agent');
    const timer = setTimeout(() => end({ reason: 'agent_timeout', text: `The agent was not done after ${timeoutMs / 1000} seconds and was ended.` }), timeoutMs);
    const cleanUp = () => {
      clearTimeout(timer);
      worker.terminate();
      start.twin.port?.close();
      hooks.signal.removeEventListener('abort', onAbort);
    };
    function end(value: AgentEnd): void {
      cleanUp();
      resolve(value);
    }
    function onAbort(): void {
      cleanUp();
      reject(hooks.signal.reason);
    }
    hooks.signal.addEventListener('abort', onAbort);
    worker.onmessage = ({ data }: MessageEvent<AgentEvent>) => {
      if (data.type === 'log') hooks.onLog(data.text);
      else if (data.type === 'call') hooks.onCall(data.call);
      else end(data.ok ? { reason: 'agent_exit_0', text: data.summary } : { reason: 'agent_exit_nonzero', text: data.error });
    };
    worker.onerror = (event) => {
      event.preventDefault();
      end({ reason: 'agent_exit_nonzero', text: `The agent's worker failed: ${event.message || 'its script did not load'}` });
    };
    worker.postMessage(start, start.twin.port ? [start.twin.port] : []);
  });
}
