import '../styles/scenario-panel.css';
import type { Diagnostic } from '@pome/engine';
import { el, fill, inline, plural, setText } from '../dom';
import { Editor } from '../editor';
import { bundled, fallback } from '../scenarios';
import { dispatch, running, View, type State } from '../state';

/** Pick or write a scenario; its problems as you type. */
class ScenarioPanel extends View {
  #picker = el('select', { id: 'scenario', onchange: () => dispatch({ type: 'scenario-picked', id: this.#picker.value }) });
  #revert = el('button', { type: 'button', class: 'quiet', onclick: () => dispatch({ type: 'scenario-picked', id: this.#picker.value }) }, 'Undo edits');
  #host = el('div', { class: 'editor' });
  #summary = el('p', { class: 'summary', role: 'status' });
  #problems = el('ul', { class: 'problems' });
  #editor!: Editor;

  protected build(): void {
    for (const one of [...bundled, fallback]) this.#picker.append(el('option', { value: one.id }, one.title));
    this.append(el('section', { class: 'card', 'aria-labelledby': 'scenario-heading' },
      el('div', { class: 'bar' },
        el('h2', { id: 'scenario-heading' }, el('label', { for: 'scenario' }, 'Scenario')), this.#picker, this.#revert),
      this.#host,
      el('div', { class: 'below' }, this.#summary, this.#problems)));
    this.#editor = new Editor(this.#host, 'Scenario text in Markdown', (markdown) => dispatch({ type: 'scenario-edited', markdown }));
  }

  protected render(state: State, before: State | null): void {
    this.#picker.value = state.scenarioId;
    this.#picker.disabled = running(state.run);
    this.#revert.hidden = !state.edited;
    if (state.source !== before?.source) this.#editor.setText(state.source.markdown);
    if (state.diagnostics !== before?.diagnostics || state.engineProblem !== before.engineProblem) this.#show(state);
  }

  #show({ diagnostics, engineProblem, scenario }: State): void {
    const list = diagnostics ?? [];
    this.#editor.setDiagnostics(list);
    fill(this.#problems, ...list.map((one) => this.#problem(one)));
    const errors = list.filter((one) => one.severity === 'error').length;
    const graded = scenario?.criteria.filter((one) => one.kind === 'deterministic').length ?? 0;
    const judged = (scenario?.criteria.length ?? 0) - graded;
    const good = `${plural(graded, 'criterion', 'criteria')} will be graded${judged > 0 ? `; ${judged} for a judge ${judged === 1 ? 'is' : 'are'} shown, not graded` : ''}`;
    const text = engineProblem || (diagnostics === null ? 'Reading…' : errors > 0 ? `${plural(errors, 'problem')} to fix before this can run` : good);
    setText(this.#summary, text);
    this.#summary.classList.toggle('bad', errors > 0 || engineProblem !== '');
    if (diagnostics !== null && !document.documentElement.dataset.ready) {
      document.documentElement.dataset.ready = 'true';
      performance.mark('pome-ready');
    }
  }

  #problem(one: Diagnostic): HTMLLIElement {
    const place = el('button', { type: 'button', class: 'place', onclick: () => this.#editor.show(one) }, `${one.line}:${one.column}`);
    return el('li', { class: one.severity, 'data-code': one.code }, place,
      el('div', null, el('p', null, ...inline(one.message)), one.hint ? el('p', { class: 'hint' }, ...inline(one.hint)) : null));
  }
}
customElements.define('scenario-panel', ScenarioPanel);
