import '../styles/run-page.css';
import type { Evaluation, Source, StopReason } from '@pome/engine';
import { control, type StoredRun } from '../control-api';
import { el, fill } from '../dom';
import { engine } from '../engine';
import { parseTape } from '../tape';
import { reportCard } from './report-card';
import { highlightCalls, tapeRow, tapeSummary } from './tape-list';

interface Files { scenario: Source; initial: string; final: string; events: string }

/** The documents that the verdict rests on. What the run has no file of is empty. */
async function loadFiles(run: StoredRun): Promise<Files> {
  const file = (name: string) => (run.files.includes(name) ? control.runFile(run.id, name) : Promise.resolve(''));
  const names = ['scenario.md', 'scenario.seed.json', 'state_initial.json', 'state_final.json', 'events.jsonl'];
  const [markdown = '', sidecar = '', initial = '', final = '', events = ''] = await Promise.all(names.map(file));
  // A stored tape without calls is an empty file; without the file the tape is missing.
  const tape = run.files.includes('events.jsonl') ? events || '[]' : '';
  return { scenario: { markdown, path: `${run.scenario_name}.md`, ...(sidecar ? { sidecar } : {}) }, initial, final, events: tape };
}

function fact(term: string, value: string): HTMLElement {
  return el('div', null, el('dt', null, term), el('dd', null, value));
}

function when(at: string): string {
  const date = new Date(at);
  return Number.isNaN(date.getTime()) ? at : date.toLocaleString();
}

function sourceText(title: string, text: string): HTMLElement {
  return el('details', { class: 'card source' }, el('summary', null, title), el('pre', { tabindex: 0 }, text));
}

/** Three opinions on one run: the client's, the server's, and this page's own. */
function scores(run: StoredRun, mine: Evaluation): HTMLElement {
  const here = mine.report;
  const agree = run.local_score === here.satisfaction && run.server_score === here.satisfaction && run.status === here.status && !run.mismatch;
  const cell = (id: string, label: string, value: string) => el('div', { class: 'opinion' }, el('span', null, label), el('strong', { id }, value));
  return el('section', { class: `card scores ${agree ? 'agree' : 'differ'}`, 'data-agree': String(agree) },
    cell('stored-score', 'Stored by the client', run.local_score === null ? 'none' : String(run.local_score)),
    cell('server-score', 'Stored by the server', `${run.server_score} · ${run.status}`),
    cell('local-score', 'Rescored on this page', `${here.satisfaction} · ${here.status}`),
    el('p', { id: 'agreement', role: 'status' }, agree ? '✓ All scores agree.' : '✗ The scores differ. The evidence below shows what this page sees.'));
}

/** A stored run: its documents, scored again here. */
class RunPage extends HTMLElement {
  connectedCallback(): void {
    fill(this, el('main', { class: 'page', id: 'main' }, el('p', { class: 'loading', role: 'status' }, 'Loading the stored run…')));
    void this.#load(this.getAttribute('run') ?? '');
  }

  async #load(id: string): Promise<void> {
    const main = this.querySelector('main');
    if (!main) return;
    try {
      const run = await control.run(id);
      const files = await loadFiles(run);
      const mine = await engine.evaluate(files.scenario,
        { state_initial: files.initial, state_final: files.final, events: files.events, stop_reason: run.stop_reason as StopReason });
      document.title = `${run.title} · Pome`;
      this.#show(main, run, files, mine);
    } catch (error) {
      fill(main, el('div', { class: 'card notice', role: 'alert' }, el('h1', null, 'This run cannot be shown'),
        el('p', null, error instanceof Error ? error.message : String(error)), el('p', null, el('a', { href: '/' }, 'Back to the page'))));
    }
    document.documentElement.dataset.ready = 'true';
  }

  #show(main: Element, run: StoredRun, files: Files, mine: Evaluation): void {
    const tape = parseTape(files.events);
    const list = el('ol', { class: 'tape' }, ...tape.map(tapeRow));
    const parse = (text: string): unknown => (text ? JSON.parse(text) : null);
    fill(main,
      el('h1', null, run.title || run.scenario_name),
      el('dl', { class: 'facts' }, fact('Run', run.id), fact('Scenario', run.scenario_name), fact('Finished', when(run.created_at)),
        fact('Took', `${(run.duration_ms / 1000).toFixed(1)} s`), fact('Agent ended', run.stop_reason.replace('agent_', '').replaceAll('_', ' '))),
      scores(run, mine),
      el('section', { class: 'card verdict' }, reportCard(mine.report, {
        tape, stateInitial: parse(files.initial), stateFinal: parse(files.final), show: (calls) => highlightCalls(list, calls),
      })),
      el('section', { class: 'card' }, el('div', { class: 'bar' }, el('h2', null, 'Tape'),
        el('p', { class: 'tally' }, tapeSummary(tape.length, tape.filter((row) => row.state_mutation).length))), list),
      sourceText('Scenario text', files.scenario.markdown),
      ...(files.scenario.sidecar ? [sourceText('Seed file', files.scenario.sidecar)] : []));
  }
}
customElements.define('run-page', RunPage);
