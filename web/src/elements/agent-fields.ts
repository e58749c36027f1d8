import { hasKey, useKey } from '../control-api';
import { el } from '../dom';
import { getInputs, setInput } from '../secrets';
import type { State } from '../state';
import { askAccount } from './account';

interface FieldOptions { label: string; id: string; type?: string; placeholder?: string; hint?: string; value?: string }

function field({ label, id, type = 'text', placeholder = '', hint, value = '' }: FieldOptions, onInput: (value: string) => void): HTMLElement {
  const input = el('input', {
    id, type, placeholder, autocomplete: type === 'password' ? 'off' : null, spellcheck: 'false', autocapitalize: 'off',
    'data-1p-ignore': true, 'data-lpignore': 'true', 'aria-describedby': hint ? `${id}-hint` : null, oninput: () => onInput(input.value.trim()),
  });
  input.value = value;
  return el('div', { class: 'field' }, el('label', { for: id }, label), input, hint ? el('p', { class: 'hint', id: `${id}-hint` }, hint) : null);
}

/** The inputs that the chosen agent and home need. */
export class AgentFields {
  readonly element = el('div', { class: 'fields' });
  readonly #llm: HTMLElement;
  readonly #remote: HTMLElement;
  readonly #key: HTMLElement;

  constructor(changed: () => void) {
    const set = <K extends 'endpoint' | 'model' | 'key' | 'remoteUrl'>(name: K) => (value: string) => {
      setInput(name, value);
      changed();
    };
    const { maxTurns } = getInputs();
    this.#llm = el('div', { class: 'group' },
      field({ label: 'Endpoint', id: 'llm-endpoint', type: 'url', placeholder: 'https://api.openai.com/v1', hint: 'OpenAI-compatible. Local models work when they allow this page (CORS).' }, set('endpoint')),
      field({ label: 'Model', id: 'llm-model', placeholder: 'model name' }, set('model')),
      field({ label: 'Key', id: 'llm-key', type: 'password', placeholder: 'empty for local models', hint: 'Kept in memory only; gone when you reload.' }, set('key')),
      field({ label: 'Max turns', id: 'llm-turns', type: 'number', value: String(maxTurns) }, (value) => setInput('maxTurns', Math.min(Math.max(Number(value) || 1, 1), 100))));
    this.#remote = el('div', { class: 'group' },
      field({ label: 'Address', id: 'remote-url', type: 'url', placeholder: 'http://127.0.0.1:8787/', hint: 'Receives one POST with the task and the POME_* values. The contract and a 30-line example are in tools/agents.' }, set('remoteUrl')));
    const keyField = field({ label: 'API key', id: 'control-key', type: 'password', placeholder: 'pme_…', hint: 'For the control plane. Kept in memory only.' }, (value) => {
      useKey(value);
      if (value.length >= 20) void askAccount();
    });
    this.#key = el('div', { class: 'group' }, keyField);
    this.element.append(this.#llm, this.#remote, this.#key);
  }

  render(state: State, busy: boolean): void {
    this.#llm.hidden = state.agent !== 'llm';
    this.#remote.hidden = state.agent !== 'remote';
    this.#key.hidden = state.home !== 'control' || !(state.account === 'Not signed in.' || hasKey());
    for (const input of this.element.querySelectorAll('input')) input.disabled = busy;
  }
}
