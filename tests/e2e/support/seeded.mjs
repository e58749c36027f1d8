// A scenario whose seed stands in a file of its own: the Markdown alone cannot be loaded.
export const markdown = `# A seed in words

## Prompt

Put the label bug on issue #1 of zed/only.

## Success Criteria

- [D] Issue #1 has the \`bug\` label applied
- [D] No new issues were created

## Seed State

One repository with one issue.
`;
export const seed = { repositories: [{ owner: 'zed', name: 'only', labels: [{ name: 'bug' }], issues: [{ number: 1, title: 'Boom' }] }] };
export const labels = '/repos/zed/only/issues/1/labels';
