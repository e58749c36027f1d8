/** Stored runs among files that somebody chose: run folders as `pome run` writes them, and `.pome.json` bundles. */
import type { Evidence, Source, StopReason } from '@pome/engine';

export interface StoredDocuments {
  name: string;
  scenario: Source;
  evidence: Evidence;
  /** The verdict that was stored with the run; null when there is none. */
  stored: { status: string; satisfaction: number } | null;
}

/** Something that stands for one run and is read when its turn comes. */
export interface Candidate { name: string; read(): Promise<StoredDocuments> }

const largest = 64 << 20;

async function textOf(file: File | undefined): Promise<string> {
  if (!file) return '';
  if (file.size > largest) throw new Error(`${file.name} is larger than 64 MB.`);
  return file.text();
}

function documents(name: string, texts: Map<string, string>): StoredDocuments {
  const text = (file: string) => texts.get(file) ?? '';
  const meta = JSON.parse(text('meta.json') || '{}') as { scenario?: string; stop_reason?: string };
  const score = text('score.json') ? (JSON.parse(text('score.json')) as { status: string; satisfaction: number }) : null;
  if (!text('scenario.md')) throw new Error('There is no scenario.md.');
  if (!text('state_final.json')) throw new Error('There is no state_final.json.');
  const sidecar = text('scenario.seed.json');
  return {
    name,
    scenario: { markdown: text('scenario.md'), path: `${meta.scenario ?? 'scenario'}.md`, ...(sidecar ? { sidecar } : {}) },
    evidence: {
      state_initial: text('state_initial.json'), state_final: text('state_final.json'), events: texts.has('events.jsonl') ? text('events.jsonl') || '[]' : '',
      stop_reason: (meta.stop_reason ?? 'agent_exit_0') as StopReason,
    },
    stored: score && { status: String(score.status), satisfaction: Number(score.satisfaction) },
  };
}

function folderRun(folder: string, files: Map<string, File>): Candidate {
  return {
    name: folder,
    read: async () => {
      const texts = new Map<string, string>();
      for (const [name, file] of files) texts.set(name, await textOf(file));
      return documents(folder, texts);
    },
  };
}

interface Bundle { version: number; files: Record<string, { content: string } | undefined> }

function bundleRun(file: File): Candidate {
  return {
    name: file.name,
    read: async () => {
      const bundle = JSON.parse(await textOf(file)) as Bundle;
      if (bundle.version !== 1) throw new Error(`This page reads bundles of version 1, this one says ${String(bundle.version)}.`);
      const texts = new Map<string, string>();
      for (const [name, entry] of Object.entries(bundle.files)) if (entry) texts.set(name, entry.content);
      return documents(file.name, texts);
    },
  };
}

const wanted = new Set(['scenario.md', 'scenario.seed.json', 'state_initial.json', 'state_final.json', 'events.jsonl', 'meta.json', 'score.json']);

export function storedRunsAmong(files: Iterable<File>): Candidate[] {
  const folders = new Map<string, Map<string, File>>();
  const bundles: Candidate[] = [];
  for (const file of files) {
    if (file.name.endsWith('.pome.json')) bundles.push(bundleRun(file));
    if (!wanted.has(file.name)) continue;
    const folder = file.webkitRelativePath.split('/').slice(0, -1).join('/') || 'run';
    const entries = folders.get(folder) ?? new Map<string, File>();
    folders.set(folder, entries.set(file.name, file));
  }
  const runs = [...folders].filter(([, entries]) => entries.has('state_final.json')).map(([folder, entries]) => folderRun(folder, entries));
  return [...runs, ...bundles].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
