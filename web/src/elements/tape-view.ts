import '../styles/tape-view.css';
import { el, fill, setText } from '../dom';
import { View, type State } from '../state';
import { callLine, highlightCalls, tapeRow, tapeSummary } from './tape-list';

/** What the twin recorded: live while the agent works, in full afterwards. */
class TapeView extends View {
  #summary = el('p', { class: 'tally' });
  #list = el('ol', { class: 'tape' });
  #section = el('section', { class: 'card', 'aria-labelledby': 'tape-heading' },
    el('div', { class: 'bar' }, el('h2', { id: 'tape-heading' }, 'Tape'), this.#summary), this.#list);

  protected build(): void {
    this.append(this.#section);
  }

  protected render({ run, highlighted }: State, before: State | null): void {
    if (run.tape !== before?.run.tape || run.live !== before.run.live) this.#show(run, before);
    if (highlighted !== before?.highlighted && highlighted.length > 0) highlightCalls(this.#list, highlighted);
  }

  #show(run: State['run'], before: State | null): void {
    this.#section.hidden = run.tape.length === 0 && run.live.length === 0;
    if (run.tape.length > 0) {
      fill(this.#list, ...run.tape.map(tapeRow));
      setText(this.#summary, tapeSummary(run.tape.length, run.tape.filter((row) => row.state_mutation).length));
      return;
    }
    // While the agent works only new calls are added.
    const known = before?.run.live ?? [];
    const grown = known.length > 0 && run.live[0] === known[0] ? run.live.slice(known.length) : run.live;
    if (grown.length === run.live.length) fill(this.#list);
    for (const call of grown) this.#list.append(el('li', { class: 'live' }, ...callLine(call.method, call.path.replace(/^\/s\/[^/]+/, ''), call.status, call.ms)));
    setText(this.#summary, `${run.live.length} so far`);
  }
}
customElements.define('tape-view', TapeView);
