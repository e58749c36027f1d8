/** One immutable state, changed by actions only. Keys are never part of it. */
import type { Diagnostic, Report, Scenario, Source } from '@pome/engine';
import type { Account } from './control-api';
import { fallback, scenarioById } from './scenarios';
import type { TapeRow } from './tape';
import type { LiveCall } from './twin/home';

export type AgentKind = 'scripted' | 'llm' | 'remote';
export type HomeKind = 'tab' | 'control';
export type Phase = 'idle' | 'preparing' | 'running' | 'scoring' | 'storing' | 'done' | 'stopped' | 'failed';

export interface Run {
  phase: Phase;
  startedAt: number;
  agent: AgentKind;
  home: HomeKind;
  log: string[];
  live: LiveCall[];
  /** Set when the run is over. */
  tape: TapeRow[];
  report: Report | null;
  stateInitial: unknown;
  stateFinal: unknown;
  storedAt: string | null;
  problem: string;
}

export interface State {
  scenarioId: string;
  source: Source;
  edited: boolean;
  scenario: Scenario | null;
  diagnostics: Diagnostic[] | null;
  engineProblem: string;
  agent: AgentKind;
  home: HomeKind;
  /** null: not asked yet; a string: why there is none. */
  account: Account | string | null;
  run: Run;
  highlighted: readonly string[];
}

export type Action =
  | { type: 'scenario-picked'; id: string }
  | { type: 'scenario-edited'; markdown: string }
  | { type: 'analysed'; source: Source; scenario: Scenario; diagnostics: Diagnostic[] }
  | { type: 'engine-failed'; problem: string }
  | { type: 'agent-picked'; agent: AgentKind }
  | { type: 'home-picked'; home: HomeKind }
  | { type: 'account'; account: Account | string }
  | { type: 'run-started'; at: number }
  | { type: 'run-changed'; change: Partial<Run> }
  | { type: 'run-logged'; text: string }
  | { type: 'run-called'; call: LiveCall }
  | { type: 'highlighted'; calls: readonly string[] };

const noRun: Run = {
  phase: 'idle', startedAt: 0, agent: 'scripted', home: 'tab', log: [], live: [], tape: [], report: null,
  stateInitial: null, stateFinal: null, storedAt: null, problem: '',
};

export const running = (run: Run) => ['preparing', 'running', 'scoring', 'storing'].includes(run.phase);

const logLimit = 500;

function reduce(state: State, action: Action): State {
  switch (action.type) {
    case 'scenario-picked': {
      const { id, source } = scenarioById(action.id);
      return { ...state, scenarioId: id, source, edited: false, diagnostics: null, run: noRun, highlighted: [] };
    }
    case 'scenario-edited': {
      const original = scenarioById(state.scenarioId).source.markdown;
      return { ...state, source: { ...state.source, markdown: action.markdown }, edited: action.markdown !== original };
    }
    case 'analysed':
      if (action.source !== state.source) return state;
      return { ...state, scenario: action.scenario, diagnostics: action.diagnostics, engineProblem: '' };
    case 'engine-failed':
      return { ...state, engineProblem: action.problem };
    case 'agent-picked':
      return { ...state, agent: action.agent, home: action.agent === 'remote' ? 'control' : state.home };
    case 'home-picked':
      return { ...state, home: action.home };
    case 'account':
      return { ...state, account: action.account };
    case 'run-started':
      return { ...state, highlighted: [], run: { ...noRun, phase: 'preparing', startedAt: action.at, agent: state.agent, home: state.home } };
    case 'run-changed':
      return { ...state, run: { ...state.run, ...action.change } };
    case 'run-logged':
      return { ...state, run: { ...state.run, log: [...state.run.log, action.text].slice(-logLimit) } };
    case 'run-called':
      return { ...state, run: { ...state.run, live: [...state.run.live, action.call].slice(-logLimit) } };
    case 'highlighted':
      return { ...state, highlighted: action.calls };
  }
}

type Listener = (state: State, before: State) => void;

let current: State = {
  scenarioId: fallback.id, source: fallback.source, edited: false, scenario: null, diagnostics: null, engineProblem: '',
  agent: 'scripted', home: 'tab', account: null, run: noRun, highlighted: [],
};
const listeners = new Set<Listener>();

export function getState(): State {
  return current;
}

export function dispatch(action: Action): void {
  const before = current;
  current = reduce(before, action);
  if (current !== before) for (const listener of listeners) listener(current, before);
}

export function subscribe(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** An element that is a function of the state: `build` once, `render` on every change. */
export abstract class View extends HTMLElement {
  #off: (() => void) | null = null;
  #built = false;

  connectedCallback(): void {
    if (!this.#built) this.build();
    this.#built = true;
    this.#off = subscribe((state, before) => this.render(state, before));
    this.render(current, null);
  }

  disconnectedCallback(): void {
    this.#off?.();
  }

  protected abstract build(): void;
  /** `before` is null the first time. */
  protected abstract render(state: State, before: State | null): void;
}
