/** The address carries which scenario, agent and home are chosen, so that a view is a link. Never keys or endpoints. */
import { dispatch, getState, subscribe, type AgentKind, type HomeKind } from './state';
import { bundled, fallback } from './scenarios';

const agents: readonly string[] = ['scripted', 'llm', 'remote'];
const homes: readonly string[] = ['tab', 'control'];

function read(): void {
  const values = new URLSearchParams(location.hash.slice(1));
  const scenario = values.get('scenario') ?? '';
  const id = scenario === fallback.id || bundled.some((one) => one.id === scenario) ? scenario : (bundled[0] ?? fallback).id;
  if (getState().scenarioId !== id || getState().diagnostics === null) dispatch({ type: 'scenario-picked', id });
  const agent = values.get('agent') ?? '';
  if (agents.includes(agent)) dispatch({ type: 'agent-picked', agent: agent as AgentKind });
  const home = values.get('twin') ?? '';
  if (homes.includes(home)) dispatch({ type: 'home-picked', home: home as HomeKind });
}

export function bindHash(): void {
  read();
  addEventListener('hashchange', read);
  subscribe((state, before) => {
    if (state.scenarioId === before.scenarioId && state.agent === before.agent && state.home === before.home) return;
    const values = new URLSearchParams({ scenario: state.scenarioId, agent: state.agent, twin: state.home });
    history.replaceState(null, '', `#${values}`);
  });
}
