/** What the page and an agent's worker say to each other. */
import type { LiveCall, TwinAccess } from '../twin/home';

export interface LlmOptions { kind: 'llm'; endpoint: string; model: string; key: string; maxTurns: number }
export interface RemoteOptions { kind: 'remote'; url: string }
export interface ScriptedOptions { kind: 'scripted' }
export type AgentOptions = LlmOptions | RemoteOptions | ScriptedOptions;

export interface StartAgent {
  options: AgentOptions;
  task: string;
  env: Record<string, string>;
  twin: TwinAccess;
}

export type AgentEvent =
  | { type: 'log'; text: string }
  | { type: 'call'; call: LiveCall }
  | { type: 'done'; ok: true; summary: string }
  | { type: 'done'; ok: false; error: string };
