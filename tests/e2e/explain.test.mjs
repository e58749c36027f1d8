// `pome lint --explain`: every line of a scenario is answered with what it was understood to mean.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { finish, root, scratch } from './support/programs.mjs';

const env = { PATH: process.env.PATH, LANG: 'C.UTF-8' };
const lint = (...args) => finish(['lint', '--explain', ...args], { env });

function scenarioFile(t, lines) {
  const path = join(scratch(t), 'own.md');
  writeFileSync(path, `# Own\n\n## Prompt\n\nDo it.\n\n## Success Criteria\n\n${lines.map((line) => `- ${line}`).join('\n')}\n`);
  return path;
}

const firstLine = 9;
const rows = [
  ['a plain line', '[D] Issue #1 in `acme/api` has the `bug` label', 'github.issue-has-label',
    'The issue carries the label at the end (issue #1, repository `acme/api`, label `bug`). It asks the agent to make it true and reads the state after the run.'],
  ['the only repository there is', '[D] Issue #1 is in state closed', 'github.issue-state',
    'The issue is open, or closed, at the end (issue #1, repository `acme/api`, closed). It asks the agent to make it true and reads the state after the run.'],
  ['a denial inside', '[D] The title of issue #1 is not "Old"', 'github.title-is',
    'It is not so that the issue or pull request has exactly that title at the end, upper and lower case as written (issue #1, repository `acme/api`, "Old"). It asks the agent to leave it true and reads the state after the run.'],
  ['a denial in front', '[D] It is not true that `create_issue` was called', 'github.tool-was-called',
    'It is not so that at least one request was that tool\'s action or that operation (tool `create_issue`). It asks the agent to leave it true and reads the calls.'],
  ['clauses joined by and', '[D] Issue #1 is in state closed and has the `bug` label, and `create_issue` was called twice',
    'github.issue-state and github.issue-has-label and github.tool-called-exactly',
    /^All of these hold: \(1\) the issue is open, or closed, at the end \(issue #1, .*closed\); \(2\) the issue carries the label .*; \(3\) exactly that many .*\(tool `create_issue`, twice\)\. It asks the agent to make it true and reads the state after the run and the calls\.$/],
  ['clauses joined by or', '[D] Issue #1 is in state closed or has the `bug` label', 'github.issue-state or github.issue-has-label', /^At least one of these holds: \(1\) .*; \(2\) /],
  ['neither of two', '[D] It is not true that issue #1 is in state closed or has the `bug` label', 'github.issue-state or github.issue-has-label', /^It is not so that any of these holds: \(1\) .* It asks the agent to leave it true/],
  ['said of many', '[D] Every open issue with the `bug` label except #3 is assigned to `alice`', 'github.issue-assignee',
    /^True of every open issue with the `bug` label except #3: the person is among the issue's assignees at the end \(repository `acme\/api`, login `alice`\)\. It asks the agent to make it true/],
  ['a number and how it compares', '[D] At least 2 issues have the `bug` label', 'github.issue-has-label', /^True of at least 2 issues: the issue carries/],
  ['a line for a judge', '[P] The comment is friendly', '', 'A judge grades this line; without one it is not graded.'],
  ['another service', '[D] A message was posted in Slack', '', /^Not graded: this line is about Slack, and Pome has no Slack twin yet\. Remove the line/],
  ['a near miss', '[D] Issue #1 in `acme/api` haas the `bug` label', '', 'Not graded: no sentence of the vocabulary reads like this, so this line cannot be graded. Did you mean: Issue #1 in `acme/api` has the `bug` label'],
  ['a wrong value', '[D] `crate_issue` was never called', '', /^Not graded: `crate_issue` is no GitHub tool and no operation id, so .* Did you mean: `create_issue` was never called$/],
];

test('each kind of line is explained, as JSON and in words', async (t) => {
  const path = scenarioFile(t, rows.map(([, line]) => line));
  const json = await lint('--json', path);
  assert.equal(json.code, 5);
  const [file] = JSON.parse(json.stdout).files;
  assert.equal(file.criteria.length, rows.length);
  const words = await lint(path);
  for (const [i, [name, line, check, explanation]] of rows.entries()) {
    const one = file.criteria[i];
    assert.deepEqual([one.line, one.text, one.check], [firstLine + i, line.replace(/^\[\w\] /, ''), check], name);
    if (typeof explanation === 'string') assert.equal(one.explanation, explanation, name);
    else assert.match(one.explanation, explanation, name);
    const block = `  line ${one.line}: ${one.text}\n    ${one.explanation}\n${check ? `    ${check}\n` : ''}`;
    assert.ok(words.stdout.includes(block), `${name}: ${words.stdout}`);
  }
});

test('every line of every scenario that ships is explained', async () => {
  const { code, stdout } = await lint('--json', `${root}scenarios`);
  assert.equal(code, 0);
  for (const file of JSON.parse(stdout).files) {
    for (const one of file.criteria) {
      assert.match(one.explanation, /^[A-Z].*[.]$/, `${file.file}:${one.line}`);
      assert.equal(one.check === '', one.explanation.startsWith('A judge grades'), `${file.file}:${one.line}`);
    }
  }
});

test('without the flag there are no explanations', async () => {
  const path = `${root}scenarios/01-bug-happy-path.md`;
  const { stdout } = await finish(['lint', '--json', path], { env });
  assert.equal(JSON.parse(stdout).files[0].criteria, 9);
  assert.equal((await finish(['lint', path], { env })).stdout.trim().split('\n').length, 1);
});

test('control characters of a line do not reach the terminal', async (t) => {
  const { stdout } = await lint(scenarioFile(t, ['[P] A \u001b[31mred\u001b[0m word']));
  assert.ok(!stdout.includes('\u001b'));
});
