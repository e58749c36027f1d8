/** The scenarios this page ships with: the files of scenarios/, with their seed files. */
import type { Source } from '@pome/engine';

const files = import.meta.glob('../../scenarios/[0-9]*.md', { query: '?raw', import: 'default', eager: true }) as Record<string, string>;
const sidecars = import.meta.glob('../../scenarios/*.seed.json', { query: '?raw', import: 'default', eager: true }) as Record<string, string>;

export interface Bundled { id: string; title: string; source: Source }

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

export const bundled: Bundled[] = Object.entries(files)
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([path, markdown]) => {
    const sidecar = sidecars[path.replace(/\.md$/, '.seed.json')];
    const id = baseName(path).replace(/\.md$/, '');
    return { id, title: /^# +(.+)$/m.exec(markdown)?.[1]?.trim() ?? id, source: { markdown, path: baseName(path), ...(sidecar === undefined ? {} : { sidecar }) } };
  });

const blank = `# My scenario

## Prompt

What the agent is asked to do.

## Success Criteria

- [D] Issue #1 in \`acme/api\` has the \`bug\` label applied
`;

export const fallback: Bundled = { id: 'blank', title: 'Start from a blank scenario', source: { markdown: blank, path: 'my-scenario.md' } };

export function scenarioById(id: string): Bundled {
  return [...bundled, fallback].find((one) => one.id === id) ?? bundled[0] ?? fallback;
}
