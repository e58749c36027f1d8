/** Recorded calls as a list; each opens to what was sent, answered and changed. */
import { el, plural } from '../dom';
import { githubPath, pretty, type TapeRow } from '../tape';

function part(title: string, value: unknown): HTMLElement | null {
  if (value === null || value === undefined) return null;
  return el('div', { class: 'part' }, el('h4', null, title), el('pre', { tabindex: 0 }, pretty(value)));
}

const statusClass = (status: number) => (status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'fine');

export function callLine(method: string, path: string, status: number, ms: number, extra?: Node): HTMLElement[] {
  const cells = [
    el('span', { class: `method ${method.toLowerCase()}` }, method), el('span', { class: 'path', title: path }, path),
    el('span', { class: `status ${statusClass(status)}` }, String(status)), el('span', { class: 'ms' }, `${Math.round(ms)} ms`),
  ];
  if (extra) cells.push(extra as HTMLElement);
  return cells;
}

export function tapeRow(row: TapeRow): HTMLElement {
  const details = el('details', { id: `call-${row.request_id}`, 'data-call': row.request_id });
  details.append(el('summary', null, ...callLine(row.method, githubPath(row), row.status, row.latency_ms,
    el('span', { class: 'changed', title: row.state_mutation ? 'Changed the twin' : '' }, row.state_mutation ? '●' : ''))));
  // Bodies are drawn when somebody looks: a tape may hold megabytes.
  details.addEventListener('toggle', () => {
    if (!details.open || details.childElementCount > 1) return;
    const parts = [part('Sent', row.request_body), part('Answered', row.response_body), part('Changed', row.state_delta)];
    details.append(el('div', { class: 'parts' },
      row.fidelity === 'unsupported' ? el('p', { class: 'gap' }, 'The twin does not support this call; it is never counted against the agent.') : null, ...parts));
  });
  return el('li', null, details);
}

export function tapeSummary(count: number, changes: number): string {
  return count === 0 ? 'No calls' : `${plural(count, 'call')}, ${changes === 0 ? 'none changed anything' : `${changes} changed something`}`;
}

/** Opens and marks calls, and scrolls to the first. */
export function highlightCalls(root: HTMLElement, calls: readonly string[]): void {
  for (const marked of root.querySelectorAll('.marked')) marked.classList.remove('marked');
  let first: HTMLElement | null = null;
  for (const details of root.querySelectorAll<HTMLDetailsElement>('details[data-call]')) {
    if (!calls.includes(details.dataset.call ?? '')) continue;
    details.classList.add('marked');
    details.open = true;
    first ??= details;
  }
  first?.scrollIntoView({ block: 'center', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  first?.querySelector('summary')?.focus({ preventScroll: true });
}
