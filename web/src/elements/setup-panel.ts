import '../styles/setup-panel.css';
import type { AgentOptions } from '../agents/messages';
import { el, setText } from '../dom';
import { startRun, stopRun } from '../run';
import { getInputs } from '../secrets';
import { dispatch, getState, running, View, type AgentKind, type HomeKind, type State } from '../state';
import { AgentFields } from './agent-fields';
import { Choice } from './choice';

const homeText: Record<HomeKind, string> = {
  tab: 'A worker of this page. Nothing leaves the browser, nothing is stored.',
  control: 'A session with an address. The run is stored and gets a page.',
};

/** Who holds what in the chosen combination. */
function custody({ agent, home }: State): string {
  const twin = home === 'tab' ? 'The twin runs in this tab and has no address.' : 'The twin runs at the control plane; the agent gets a token for this one session.';
  if (agent === 'llm') return `${twin} Your model key stays in this tab's memory and is sent to your endpoint only.`;
  if (agent === 'remote') return `${twin} Your agent receives the task, the twin's address and that token; it keeps its own keys.`;
  return `${twin} The scripted agent needs no key.`;
}

function problemOf(agent: AgentKind): string {
  const { endpoint, model, remoteUrl } = getInputs();
  const isUrl = (text: string) => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
  if (agent === 'llm' && !isUrl(endpoint)) return 'Enter the address of an OpenAI-compatible endpoint.';
  if (agent === 'llm' && !model) return 'Enter the name of a model.';
  if (agent === 'remote' && !isUrl(remoteUrl)) return 'Enter the address of your agent.';
  return '';
}

function chosenAgent(agent: AgentKind): AgentOptions {
  const { endpoint, model, key, maxTurns, remoteUrl } = getInputs();
  if (agent === 'llm') return { kind: 'llm', endpoint, model, key, maxTurns };
  return agent === 'remote' ? { kind: 'remote', url: remoteUrl } : { kind: 'scripted' };
}

/** Choose an agent and a home for the twin; run. */
class SetupPanel extends View {
  #agent = new Choice<AgentKind>('Agent', 'agent', [
    { value: 'scripted', title: 'Scripted', text: 'Triages issues with octokit. No key needed.' },
    { value: 'llm', title: 'Your model', text: 'An LLM with tools, on your own key.' },
    { value: 'remote', title: 'Behind a URL', text: 'Your agent, wherever it runs.' },
  ], (agent) => dispatch({ type: 'agent-picked', agent }));
  #home = new Choice<HomeKind>('Twin', 'home', [
    { value: 'tab', title: 'In this tab', text: homeText.tab },
    { value: 'control', title: 'Control plane', text: homeText.control },
  ], (home) => dispatch({ type: 'home-picked', home }));
  #fields = new AgentFields(() => this.render(getState()));
  #custody = el('p', { class: 'custody' });
  #hint = el('p', { class: 'needed', id: 'run-hint' });
  #run = el('button', { type: 'button', class: 'run', id: 'run', 'aria-describedby': 'run-hint', onclick: () => this.#press() });

  protected build(): void {
    this.append(el('section', { class: 'card setup', 'aria-label': 'Run' },
      this.#agent.element, this.#fields.element, this.#home.element,
      el('div', { class: 'go' }, this.#run, el('div', null, this.#custody, this.#hint))));
    addEventListener('keydown', (event) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !running(getState().run)) this.#press();
    });
  }

  #press(): void {
    const state = getState();
    if (running(state.run)) return stopRun();
    if (!this.#run.disabled) void startRun(chosenAgent(state.agent));
  }

  protected render(state: State): void {
    const busy = running(state.run);
    this.#agent.set(state.agent, !busy);
    this.#home.set(state.home, !busy);
    const reachable = state.account !== null && typeof state.account !== 'string';
    const why = typeof state.account === 'string' ? state.account : homeText.control;
    this.#home.describe('control', state.account === 'Not signed in.' ? 'Not signed in: open the link from `pome serve`, or type a key below.' : why, reachable || state.account === 'Not signed in.');
    this.#home.describe('tab', state.agent === 'remote' ? 'Not with a remote agent: a twin in a tab has no address it could reach.' : homeText.tab, state.agent !== 'remote');
    this.#fields.render(state, busy);
    const errors = state.diagnostics?.some((one) => one.severity === 'error') ?? true;
    const needed = errors && state.diagnostics ? 'Fix the scenario first.' : problemOf(state.agent) || (state.home === 'control' && !reachable ? why : '');
    setText(this.#custody, custody(state));
    setText(this.#hint, busy ? '' : needed);
    setText(this.#run, busy ? 'Stop' : state.run.phase === 'idle' ? 'Run' : 'Run again');
    this.#run.classList.toggle('stop', busy);
    this.#run.disabled = !busy && (needed !== '' || state.diagnostics === null);
  }
}
customElements.define('setup-panel', SetupPanel);
