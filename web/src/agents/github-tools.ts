/** The tools an LLM agent gets: one that reaches every route, and named ones for the commonest steps. */

interface Tool { name: string; description: string; parameters: Record<string, unknown>; request(args: Arguments): { method: string; path: string; body?: unknown } }
export type Arguments = Record<string, unknown>;

const text = (description: string) => ({ type: 'string', description });
const repository = { owner: text('Repository owner'), repo: text('Repository name') };
const issue = { ...repository, issue_number: { type: 'integer', description: 'Issue number' } };
const schema = (properties: Record<string, unknown>, required: string[]) => ({ type: 'object', properties, required, additionalProperties: false });
const part = (value: unknown) => encodeURIComponent(String(value));
const repoPath = (args: Arguments) => `/repos/${part(args.owner)}/${part(args.repo)}`;
const issuePath = (args: Arguments) => `${repoPath(args)}/issues/${part(args.issue_number)}`;
const strings = (description: string) => ({ type: 'array', items: { type: 'string' }, description });

export const tools: Tool[] = [
  {
    name: 'github_request', description: "Any request to GitHub's REST API.",
    parameters: schema({ method: { type: 'string', enum: ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] }, path: text('Path with query, such as /repos/o/r/issues?state=open'), body: { type: 'object', description: 'JSON body' } }, ['method', 'path']),
    request: (args) => ({ method: String(args.method ?? 'GET').toUpperCase(), path: String(args.path ?? '/'), body: args.body }),
  },
  {
    name: 'get_issue', description: 'Read one issue.', parameters: schema(issue, ['owner', 'repo', 'issue_number']),
    request: (args) => ({ method: 'GET', path: issuePath(args) }),
  },
  {
    name: 'list_issues', description: 'List open issues of a repository.', parameters: schema(repository, ['owner', 'repo']),
    request: (args) => ({ method: 'GET', path: `${repoPath(args)}/issues?per_page=50` }),
  },
  {
    name: 'list_labels', description: 'List the labels a repository defines.', parameters: schema(repository, ['owner', 'repo']),
    request: (args) => ({ method: 'GET', path: `${repoPath(args)}/labels?per_page=100` }),
  },
  {
    name: 'add_labels', description: 'Add existing labels to an issue.', parameters: schema({ ...issue, labels: strings('Label names') }, ['owner', 'repo', 'issue_number', 'labels']),
    request: (args) => ({ method: 'POST', path: `${issuePath(args)}/labels`, body: { labels: args.labels } }),
  },
  {
    name: 'add_comment', description: 'Comment on an issue or pull request.', parameters: schema({ ...issue, body: text('Markdown') }, ['owner', 'repo', 'issue_number', 'body']),
    request: (args) => ({ method: 'POST', path: `${issuePath(args)}/comments`, body: { body: args.body } }),
  },
  {
    name: 'add_assignees', description: 'Assign people to an issue.', parameters: schema({ ...issue, assignees: strings('Logins') }, ['owner', 'repo', 'issue_number', 'assignees']),
    request: (args) => ({ method: 'POST', path: `${issuePath(args)}/assignees`, body: { assignees: args.assignees } }),
  },
  {
    name: 'update_issue', description: 'Change title, body, state, labels or assignees of an issue.',
    parameters: schema({ ...issue, title: text('Title'), body: text('Body'), state: { type: 'string', enum: ['open', 'closed'] }, state_reason: { type: 'string', enum: ['completed', 'not_planned', 'reopened'] }, labels: strings('All labels'), assignees: strings('All assignees') }, ['owner', 'repo', 'issue_number']),
    request: ({ owner, repo, issue_number, ...body }) => ({ method: 'PATCH', path: issuePath({ owner, repo, issue_number }), body }),
  },
];

const answerLimit = 24_000;

/** Runs one tool call against the twin; what the model gets to read. Never throws. */
export async function callTool(name: string, args: Arguments, baseUrl: string, token: string, send: typeof fetch): Promise<string> {
  const tool = tools.find((one) => one.name === name);
  if (!tool) return JSON.stringify({ error: `There is no tool named ${name}.` });
  const { method, path, body } = tool.request(args);
  if (!path.startsWith('/')) return JSON.stringify({ error: 'The path must start with a slash.' });
  const withBody = body !== undefined && body !== null && method !== 'GET';
  try {
    const response = await send(`${baseUrl}${path}`, {
      method, headers: { authorization: `Bearer ${token}`, accept: 'application/vnd.github+json', ...(withBody ? { 'content-type': 'application/json' } : {}) },
      ...(withBody ? { body: JSON.stringify(body) } : {}),
    });
    const answer = await response.text();
    const shown = answer.length > answerLimit ? `${answer.slice(0, answerLimit)} … (cut; ask for fewer items)` : answer;
    return `HTTP ${response.status}\n${shown}`;
  } catch (error) {
    return JSON.stringify({ error: error instanceof Error ? error.message : String(error) });
  }
}
