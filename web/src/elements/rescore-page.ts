import '../styles/rescore-page.css';
import { el, fill, plural, setText } from '../dom';
import { engine } from '../engine';
import { storedRunsAmong, type Candidate, type StoredDocuments } from '../stored-runs';
import { parseTape } from '../tape';
import { reportCard } from './report-card';
import type { Report } from '@pome/engine';

interface Row { name: string; run: StoredDocuments | null; report: Report | null; problem: string }

const words = (status: string, satisfaction: number) => `${status} ${satisfaction}`;

function differs({ run, report }: Row): boolean {
  return !!run?.stored && !!report && (run.stored.status !== report.status || run.stored.satisfaction !== report.satisfaction);
}

async function rescore(candidate: Candidate): Promise<Row> {
  try {
    const run = await candidate.read();
    const { report } = await engine.evaluate(run.scenario, run.evidence);
    return { name: candidate.name, run, report, problem: '' };
  } catch (error) {
    return { name: candidate.name, run: null, report: null, problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Scores stored runs of this computer again, in this tab. Nothing is uploaded. */
class RescorePage extends HTMLElement {
  #progress = el('progress', { max: 1, value: 0, 'aria-label': 'Runs rescored', hidden: true });
  #status = el('p', { role: 'status', id: 'rescore-status' }, 'Choose a folder of runs, such as the one that `pome run` writes, or bundle files.');
  #rows = el('tbody');
  #table = el('table', { hidden: true }, el('thead', null, el('tr', null, ...['Run', 'Stored', 'Now', ''].map((name) => el('th', { scope: 'col' }, name)))), this.#rows);
  #detail = el('section', { class: 'card verdict', hidden: true });
  #turn = 0;

  connectedCallback(): void {
    const folder = el('input', { type: 'file', id: 'rescore-folder', multiple: true, webkitdirectory: true });
    const files = el('input', { type: 'file', id: 'rescore-files', multiple: true, accept: '.json' });
    for (const input of [folder, files]) input.addEventListener('change', () => void this.#run(storedRunsAmong(input.files ?? [])));
    fill(this, el('main', { class: 'page', id: 'main' },
      el('h1', null, 'Rescore stored runs'),
      el('section', { class: 'card rescore' },
        el('p', { class: 'lead' }, 'The runs are read and scored in this tab, by the same core that scored them first. Nothing leaves this computer.'),
        el('div', { class: 'pick' }, el('label', null, 'A folder of runs', folder), el('label', null, 'Bundles (.pome.json)', files)),
        this.#progress, this.#status),
      el('section', { class: 'card table' }, this.#table), this.#detail));
    document.title = 'Rescore runs · Pome';
    document.documentElement.dataset.ready = 'true';
  }

  async #run(candidates: Candidate[]): Promise<void> {
    const turn = ++this.#turn;
    fill(this.#rows);
    this.#detail.hidden = true;
    this.#table.hidden = this.#progress.hidden = candidates.length === 0;
    if (candidates.length === 0) return setText(this.#status, 'There is no stored run among these files. A run has at least scenario.md and state_final.json.');
    let changed = 0;
    let unread = 0;
    const started = performance.now();
    for (const [index, candidate] of candidates.entries()) {
      const row = await rescore(candidate);
      if (turn !== this.#turn) return;
      changed += Number(differs(row));
      unread += Number(row.problem !== '');
      this.#rows.append(this.#row(row));
      this.#progress.max = candidates.length;
      this.#progress.value = index + 1;
      setText(this.#status, `${index + 1} of ${plural(candidates.length, 'run')} rescored`);
    }
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    setText(this.#status, `${plural(candidates.length, 'run')} rescored in ${seconds} s: ${changed === 0 ? 'every verdict is the same' : `${plural(changed, 'verdict')} changed`}${unread > 0 ? `, ${unread} could not be read` : ''}.`);
  }

  #row(row: Row): HTMLElement {
    const { run, report } = row;
    const open = report && run ? el('button', { type: 'button', class: 'quiet', onclick: () => this.#show(run, report) }, row.name) : row.name;
    const result = row.problem || (!run?.stored ? 'no stored verdict' : differs(row) ? '✗ changed' : '✓ same');
    return el('tr', { class: row.problem ? 'unread' : differs(row) ? 'changed' : 'same' }, el('td', null, open),
      el('td', null, run?.stored ? words(run.stored.status, run.stored.satisfaction) : '–'),
      el('td', null, report ? words(report.status, report.satisfaction) : '–'), el('td', null, result));
  }

  #show(run: StoredDocuments, report: Report): void {
    const parse = (text: string | undefined): unknown => (text ? JSON.parse(text) : null);
    fill(this.#detail, el('div', { class: 'bar' }, el('h2', null, report.title)), reportCard(report, {
      tape: parseTape(run.evidence.events ?? ''), stateInitial: parse(run.evidence.state_initial), stateFinal: parse(run.evidence.state_final), show: () => undefined,
    }));
    this.#detail.hidden = false;
    this.#detail.scrollIntoView({ block: 'start' });
  }
}
customElements.define('rescore-page', RescorePage);
