import '../styles/progress-view.css';
import { el, fill, plural, setText } from '../dom';
import { running, View, type Phase, type State } from '../state';

const words: Record<Phase, string> = {
  idle: '', preparing: 'Seeding the twin', running: 'The agent works', scoring: 'Scoring', storing: 'Finishing', done: '', stopped: 'Stopped. Nothing was scored.', failed: '',
};

/** What is happening right now: phase, seconds, calls, and the agent's own words. */
class ProgressView extends View {
  #phase = el('span', { class: 'phase', role: 'status' });
  #clock = el('span', { class: 'clock' });
  #problem = el('p', { class: 'problem', role: 'alert' });
  #log = el('ol', { class: 'log', 'aria-label': "The agent's messages", tabindex: 0 });
  #section = el('section', { class: 'progress', 'aria-label': 'Progress' },
    el('div', { class: 'line' }, el('span', { class: 'pulse', 'aria-hidden': 'true' }), this.#phase, this.#clock), this.#problem, this.#log);
  #timer = 0;

  protected build(): void {
    this.append(this.#section);
  }

  protected render({ run }: State, before: State | null): void {
    if (run === before?.run) return;
    const busy = running(run);
    this.#section.hidden = run.phase === 'idle';
    this.#section.classList.toggle('busy', busy);
    this.#problem.hidden = run.problem === '';
    setText(this.#problem, run.problem);
    setText(this.#phase, words[run.phase] || (run.phase === 'done' ? 'Done' : 'The run did not finish'));
    if (busy && !this.#timer) this.#timer = window.setInterval(() => this.#tick(), 100);
    if (!busy) {
      clearInterval(this.#timer);
      this.#timer = 0;
    }
    const calls = run.tape.length || run.live.length;
    this.#calls = calls > 0 ? ` · ${plural(calls, 'call')}` : '';
    this.#startedAt = run.startedAt;
    if (before?.run.phase !== run.phase || busy) this.#tick();
    if (run.log !== before?.run.log) this.#show(run.log);
  }

  #calls = '';
  #startedAt = 0;

  #tick(): void {
    setText(this.#clock, `${((Date.now() - this.#startedAt) / 1000).toFixed(1)} s${this.#calls}`);
  }

  #show(log: string[]): void {
    this.#log.hidden = log.length === 0;
    fill(this.#log, ...log.map((text) => el('li', null, text)));
    this.#log.scrollTop = this.#log.scrollHeight;
  }
}
customElements.define('progress-view', ProgressView);
