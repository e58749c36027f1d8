// Scenarios and tasks of every era, as their authors wrote them: they load unchanged, and importing them changes their
// words but not their verdicts.
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readFileSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { script } from './support/agents.mjs';
import { finish, root, scratch } from './support/programs.mjs';

const clean = { PATH: process.env.PATH, LANG: 'C.UTF-8' };
const pome = (t, args, cwd = scratch(t)) => finish(args, { cwd, env: { ...clean, HOME: scratch(t) } });

const seed = {
  repositories: [{
    owner: 'acme', name: 'api', description: 'Orders', collaborators: ['alice', 'bob'],
    labels: [{ name: 'bug', color: 'd73a4a', description: 'Broken' }, { name: 'feature' }],
    issues: [
      { number: 1, title: 'Orders are slow', body: 'Since noon.', state: 'open', labels: [], assignee: null },
      { number: 2, title: 'Dark mode', labels: ['feature'], assignee: 'bob' },
    ],
    files: [{ path: 'README.md', content: '# Orders\n' }, { path: 'cache.md', content: 'Soon.\n', branch: 'cache' }],
    pull_requests: [{ number: 3, title: 'Cache orders', body: '', head: 'cache', base: 'main', author: 'bob',
      reviews: [{ author: 'alice', state: 'COMMENTED', body: 'Looks fine' }], statuses: [{ context: 'ci/build', state: 'success' }] }],
  }],
};

/** What the files of each era look like: name to content. */
const eras = {
  'scenario with a compiled sidecar': {
    'sort.md': `# Sort the report

Some words before the first section.

## Setup
One repository with an open report.

## Prompt
Label issue #1 in acme/api.

## Expected Behavior
The label bug, nothing else.

## Success Criteria
- [D] Issue #1 has the \`bug\` label applied
- [D] Issue #2 is still assigned to \`bob\`
- [D] No new labels were created on acme/api
* [D] \`create_commit_status\` was never called
- [P] The comment is short

## Seed State
A repository \`acme/api\` with two issues and a pull request.

## Config
\`\`\`yaml
twins:
  - github
timeout: 30
runs: 1
passThreshold: 100
\`\`\`
`,
    'sort.seed.json': JSON.stringify({ _meta: { version: 1, source_hash: 'sha256:hand-authored', model: 'hand-authored', compiled_at: '2026-06-25T00:00:00Z' }, ...seed }),
  },
  'scenario with its seed in the setup, other line ends and a byte order mark': {
    'sort.md': `\uFEFF# Sort the report\n\n## Setup\nStart with:\n\`\`\`json\n${JSON.stringify(seed, null, 2)}\n\`\`\`\n## Prompt\nLabel issue #1.\n## Success Criteria\n- [D] Issue #1 in \`acme/api\` has the \`bug\` label applied\n- [D] Pull request #3 in \`acme/api\` is not merged\n## Config\ntwins: github\ntimeout: 30\n`.replaceAll('\n', '\r\n'),
  },
  'task with an enveloped seed': {
    'sort.md': `# Sort the report

## Task
Label issue #1.

## Checks
- [code:github] Issue #1 in \`acme/api\` has the \`bug\` label applied
- [code] Issue #2 in \`acme/api\` is assigned to \`bob\`
- [code always-scored] Issue #2 in \`acme/api\` exists
- [code] No unsupported endpoint was called
- [model:github] The comment is short
1. [code] A COMMENTED review exists on pull request #3 in \`acme/api\`

## Seed State
\`\`\`json
${JSON.stringify({ github: seed })}
\`\`\`

## Config
\`\`\`yaml
twins: [github]
timeout: 30
runs: 1
class: conformance
pass_threshold: 70
\`\`\`
`,
  },
  'scenario whose world is told in words': {
    'sort.md': `# Sort the report

## Setup
A repository \`acme/api\` with one report.

## Prompt
Label issue #1 in acme/api.

## Expected Behavior
One label.

## Success Criteria
- [D] Issue #1 has the "bug" label
- [P] The agent is polite

## Config
twins: github
timeout: 30
runs: 1
tags: workflow
`,
  },
};

const labels = ['--agent', script("await api('POST', '/repos/acme/api/issues/1/labels', { labels: ['bug'] });")];
const idle = ['--agent', script('')];

function files(t, content) {
  const folder = join(scratch(t), 'files');
  mkdirSync(folder);
  for (const [name, text] of Object.entries(content)) writeFileSync(join(folder, name), text);
  return folder;
}

/** Every line's outcome, and the whole. */
async function verdict(t, folder, agent) {
  const end = await pome(t, ['run', join(folder, 'sort.md'), '--json', ...agent]);
  const { status, score, report } = JSON.parse(end.stdout).runs[0];
  return { status, score, outcomes: report.results.map((one) => [one.check, one.outcome]) };
}

for (const [name, content] of Object.entries(eras)) {
  test(`${name}: loads unchanged; its import has the same verdicts and is done at once`, async (t) => {
    const folder = files(t, content);
    const lint = await pome(t, ['lint', folder]);
    assert.equal(lint.code, 0, lint.stdout + lint.stderr);
    const before = [await verdict(t, folder, labels), await verdict(t, folder, idle)];
    assert.deepEqual(before.map((one) => one.status), ['pass', 'fail'], JSON.stringify(before));

    const out = join(scratch(t), 'new');
    const done = await pome(t, ['import', folder, '-o', out]);
    assert.equal(done.code, 0, done.stdout + done.stderr);
    assert.deepEqual(readdirSync(out).sort(), Object.keys(content).sort());
    assert.equal(readFileSync(join(folder, 'sort.md'), 'utf8'), content['sort.md']);
    assert.equal((await pome(t, ['lint', out])).code, 0);
    assert.deepEqual([await verdict(t, out, labels), await verdict(t, out, idle)], before);
    assert.equal((await pome(t, ['import', out, '--check'])).code, 0);
    const again = await pome(t, ['import', folder, '-o', out]);
    assert.equal(again.code, 0, again.stderr);
  });
}

test('the changes are told line by line, with what stays and why', async (t) => {
  const folder = files(t, eras['task with an enveloped seed']);
  const path = join(folder, 'sort.md');
  const check = await pome(t, ['import', '--check', path]);
  assert.equal(check.code, 1);
  assert.equal(readFileSync(path, 'utf8'), eras['task with an enveloped seed']['sort.md']);
  const told = check.stdout.replaceAll(path, 'F');
  assert.ok(told.startsWith('F:3\n  - ## Task\n  + ## Prompt\nF:6\n  - ## Checks\n  + ## Success Criteria\n'), told);
  assert.match(told, /F:8\n {4}`\[code\]` stays: this holds before the run/);
  assert.match(told, /F:12\n {2}- 1\. \[code\] A (.*)\n {2}\+ - \[code\] A \1\n {4}Older readers dropped this line/);
  assert.match(told, /F:25\n {2}- pass_threshold: 70\n {2}\+ passThreshold: 70\n/);
  assert.match(told, /F: \d lines would change\n$/);
});

test('files are changed in place with their mode, links keep pointing, and the rest of the folder is left alone', async (t) => {
  const folder = files(t, { ...eras['task with an enveloped seed'], 'notes.txt': '- [code] x\n' });
  const path = join(folder, 'sort.md');
  chmodSync(path, 0o640);
  const link = join(scratch(t), 'linked.md');
  symlinkSync(path, link);
  const done = await pome(t, ['import', link]);
  assert.equal(done.code, 0, done.stderr);
  assert.match(readFileSync(path, 'utf8'), /^# Sort the report\n\n## Prompt\n/);
  assert.equal(statSync(path).mode & 0o777, 0o640);
  assert.deepEqual(readdirSync(folder).sort(), ['notes.txt', 'sort.md']);
  assert.equal(readFileSync(join(folder, 'notes.txt'), 'utf8'), '- [code] x\n');
  assert.match((await pome(t, ['import', folder])).stdout, /sort\.md: nothing to change\n$/);
});

test('nothing is written when a file cannot be read or another one is in the way', async (t) => {
  const folder = files(t, { 'a.md': '## Task\nx\n## Checks\n- [code] y\n', 'b.md': Buffer.from([0x23, 0x20, 0xff]) });
  const before = readFileSync(join(folder, 'a.md'), 'utf8');
  const bad = await pome(t, ['import', folder]);
  assert.equal(bad.code, 5);
  assert.match(bad.stderr, /b\.md:1:3: This is not valid UTF-8\./);
  assert.equal(readFileSync(join(folder, 'a.md'), 'utf8'), before);

  const out = files(t, { 'a.md': 'mine\n' });
  const busy = await pome(t, ['import', join(folder, 'a.md'), '-o', out]);
  assert.equal(busy.code, 5);
  assert.match(busy.stderr, /is there already, with other content/);
  assert.equal(readFileSync(join(out, 'a.md'), 'utf8'), 'mine\n');
  const twice = await pome(t, ['import', join(folder, 'a.md'), join(out, 'a.md'), '-o', join(out, 'new')]);
  assert.equal(twice.code, 5);
  assert.match(twice.stderr, /Two of the files are called a\.md/);

  const done = await pome(t, ['import', join(folder, 'a.md')]);
  assert.equal(done.code, 0);
  assert.match(done.stdout, /a\.md: 1 error is left; `pome lint` explains\n$/);
  for (const args of [['import'], ['import', 'missing'], ['import', '--check', '-o', out, folder]]) {
    assert.equal((await pome(t, args)).code, 5, args.join(' '));
  }
  assert.equal((await pome(t, ['import', '--check', `${root}scenarios/01-bug-happy-path.md`])).code, 0);
});
