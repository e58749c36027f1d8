/** A report as elements: headline, score, one row per criterion with its reason and evidence. */
import type { CriterionResult, Outcome, Report } from '@pome/engine';
import { el, inline, plural } from '../dom';
import { atPointer, githubPath, pretty, type TapeRow } from '../tape';

export interface EvidenceSource {
  tape: TapeRow[];
  stateInitial: unknown;
  stateFinal: unknown;
  /** Marks calls in the tape. */
  show(calls: string[]): void;
}

const signs: Record<Outcome, string> = { passed: '✓', failed: '✗', skipped: '–', errored: '!' };
const outcomeWords: Record<Outcome, string> = { passed: 'Passed', failed: 'Failed', skipped: 'Not graded', errored: 'Could not be graded' };
const headlines: Record<Report['status'], string> = { pass: 'Pass', fail: 'Fail', incomplete: 'Incomplete' };

function pointerRow(pointer: string, document: unknown, when: string): HTMLElement {
  return el('details', { class: 'pointer' },
    el('summary', null, el('span', { class: 'when' }, when), el('code', null, pointer || '/')),
    el('pre', { tabindex: 0 }, pretty(atPointer(document, pointer), 4000)));
}

function callButton(id: string, source: EvidenceSource): HTMLElement {
  const row = source.tape.find((one) => one.request_id === id);
  const text = row ? `${row.method} ${githubPath(row)} → ${row.status}` : id;
  return el('button', { type: 'button', class: 'call', onclick: () => source.show([id]) }, text);
}

function evidence({ evidence: found }: CriterionResult, source: EvidenceSource): HTMLElement | null {
  const rows: HTMLElement[] = [
    ...found.initial.map((pointer) => pointerRow(pointer, source.stateInitial, 'before')),
    ...found.state.map((pointer) => pointerRow(pointer, source.stateFinal, 'after')),
    ...found.calls.map((id) => callButton(id, source)),
  ];
  return rows.length > 0 ? el('div', { class: 'evidence' }, ...rows) : null;
}

/** A failed line in three parts, so that what differs meets the eye. */
function reason(result: CriterionResult, source: EvidenceSource): HTMLElement[] {
  if (result.outcome !== 'failed' || !result.expected || !result.found) return [el('p', { class: 'reason' }, ...inline(result.reason))];
  const part = (term: string, ...value: (Node | string)[]) => el('div', null, el('dt', null, term), el('dd', null, ...value));
  return [el('dl', { class: 'reason parts' },
    part('expected', ...inline(result.expected)), part('found', ...inline(result.found)),
    ...(result.last_touch ? [part('last call', callButton(result.last_touch, source))] : []))];
}

function criterionRow(result: CriterionResult, source: EvidenceSource): HTMLElement {
  const { criterion, outcome } = result;
  return el('li', { class: `criterion ${outcome}`, 'data-outcome': outcome },
    el('span', { class: 'sign', role: 'img', 'aria-label': outcomeWords[outcome] }, signs[outcome]),
    el('div', { class: 'body' },
      el('p', { class: 'sentence' }, ...inline(criterion.text), criterion.optional ? el('span', { class: 'optional' }, 'optional') : null),
      ...reason(result, source),
      evidence(result, source)));
}

/** Lines outside any group first, then group by group. */
function criteria(report: Report, source: EvidenceSource): HTMLElement[] {
  const list = (results: CriterionResult[]) => el('ol', { class: 'criteria' }, ...results.map((result) => criterionRow(result, source)));
  const groups = report.groups ?? [];
  const loose = report.results.filter(({ criterion }) => criterion.group === undefined);
  return [
    ...(loose.length > 0 ? [list(loose)] : []),
    ...groups.flatMap(({ title, weight }, index) => {
      const results = report.results.filter(({ criterion }) => criterion.group === index);
      if (results.length === 0) return [];
      return [el('h3', { class: 'group' }, title, weight === 1 ? null : el('span', null, `weight ${weight}`)), list(results)];
    }),
  ];
}

function tally(report: Report): string {
  const parts = [`${report.passed} passed`, `${report.failed} failed`];
  if (report.skipped > 0) parts.push(`${report.skipped} not graded`);
  if (report.errored > 0) parts.push(`${report.errored} errored`);
  if (report.optional) parts.push(`${report.optional} optional`);
  return parts.join(', ');
}

function why(report: Report): string {
  if (report.gaps.length > 0) return `The agent used ${plural(report.gaps.length, 'call')} the twin does not support yet, so this run cannot be judged: ${report.gaps.map((gap) => `${gap.method} ${gap.path}`).slice(0, 3).join(', ')}.`;
  if (report.stop_reason === 'agent_timeout') return 'The agent ran out of time; such a run never passes.';
  if (report.stop_reason === 'agent_exit_nonzero') return 'The agent ended with a failure; such a run never passes.';
  if (!report.evaluated) return 'No criterion could be graded.';
  return report.status === 'incomplete' ? 'Some criteria could not be graded.' : '';
}

export function reportCard(report: Report, source: EvidenceSource): HTMLElement {
  const reason = why(report);
  return el('div', { class: `report ${report.status}`, 'data-status': report.status, 'data-score': report.satisfaction },
    el('div', { class: 'headline' },
      el('h2', null, headlines[report.status]),
      el('p', { class: 'score' }, el('strong', null, String(report.satisfaction)), ' of 100'),
      el('p', { class: 'tally' }, `${tally(report)} · passes at ${report.pass_threshold}`)),
    reason ? el('p', { class: 'why' }, reason) : null,
    ...criteria(report, source));
}
