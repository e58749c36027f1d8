import '../styles/verdict-view.css';
import { el, fill } from '../dom';
import { dispatch, View, type State } from '../state';
import { reportCard } from './report-card';

function empty(): HTMLElement {
  const steps: [string, string][] = [
    ['A twin of GitHub', 'is seeded with the scenario: repositories, issues, people.'],
    ['The agent', 'gets the prompt, an address and a token, and works as it would on github.com.'],
    ['The verdict', 'checks every criterion against what is left behind, and shows the evidence.'],
  ];
  return el('div', { class: 'empty' },
    el('p', null, 'Press Run. No account, no key, no set-up.'),
    el('ol', null, ...steps.map(([title, text]) => el('li', null, el('strong', null, title), ` ${text}`))));
}

/** The verdict of the last run, or what a run is. */
class VerdictView extends View {
  #section = el('section', { class: 'card verdict', 'aria-label': 'Verdict', 'aria-live': 'polite' });

  protected build(): void {
    this.append(this.#section);
  }

  protected render({ run }: State, before: State | null): void {
    if (before && run.report === before.run.report && run.storedAt === before.run.storedAt && run.phase === before.run.phase) return;
    this.#section.hidden = !run.report && run.phase !== 'idle';
    if (!run.report) return fill(this.#section, empty());
    const card = reportCard(run.report, {
      tape: run.tape, stateInitial: run.stateInitial, stateFinal: run.stateFinal, show: (calls) => dispatch({ type: 'highlighted', calls }),
    });
    const stored = run.storedAt
      ? el('p', { class: 'stored' }, 'Stored: ', el('a', { href: run.storedAt, id: 'stored-run' }, location.origin + run.storedAt))
      : run.phase === 'done' && run.home === 'tab' ? el('p', { class: 'stored' }, 'Not stored: this run lives in this tab only.') : null;
    fill(this.#section, card, stored);
  }
}
customElements.define('verdict-view', VerdictView);
