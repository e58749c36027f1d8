// A small scripted agent: labels, assigns and answers an issue. It needs nothing but an octokit client, so the same
// code runs in Node and in a page.

/** Classification labels by kind: the names a repository may use, best first. */
const LABELS = {
  bug: ['bug', 'defect', 'type: bug', 'kind/bug'],
  question: ['question', 'support', 'type: question', 'kind/question'],
  feature: ['feature', 'enhancement', 'feature request', 'type: feature', 'kind/feature'],
};

/** Words that speak for a kind; a word in the title counts three times. */
const SIGNS = {
  bug: /\b(bugs?|errors?|crash(es|ed|ing)?|fail(s|ed|ing|ure)?|broken?|breaks|exceptions?|stack ?traces?|regressions?|timeouts?|leaks?|wrong|incorrect|corrupt(ed|ion)?|panics?|hangs?|[45]\d\d|(does|do|did)(n['’]t| not) work|not working|no longer)\b/gi,
  question: /(\b(how (do|can|to|should)|what (is|are|does)|where (do|can|is)|why (is|does|do)|which|can i|could someone|is (it|there)|questions?|clarif(y|ication))\b|\?)/gi,
  feature: /\b(features?|add(ing)?|support for|requests?|would be (nice|great|useful|helpful)|allow|enable|implement|proposal|suggest(ion)?|wish|introduce|enhance(ment)?|as a user|i want|dark mode)\b/gi,
};

/** "bug", "question" or "feature", from an issue's title and body. */
export function classify(title, body) {
  const score = (kind) => 3 * (title.match(SIGNS[kind]) ?? []).length + (body.match(SIGNS[kind]) ?? []).length;
  const ranked = ['bug', 'question', 'feature'].map((kind) => ({ kind, score: score(kind) }));
  const best = ranked.reduce((a, b) => (b.score > a.score ? b : a));
  return best.score > 0 ? best.kind : 'question';
}

/** What a task text names: candidate repositories (most explicit first) and an issue number, if any. */
export function targetOf(task) {
  const link = task.match(/github\.com\/([\w.-]+)\/([\w.-]+)\/issues\/(\d+)/);
  if (link) return { repositories: [{ owner: link[1], repo: link[2] }], number: Number(link[3]) };
  const pattern = /(?<![\w./-])([A-Za-z\d][A-Za-z\d-]{0,38})\/([\w-][\w.-]*[\w-]|[\w-])(?:#(\d+))?(?![\w/])/g;
  const found = [...task.matchAll(pattern)].map((match) => ({
    owner: match[1], repo: match[2], number: match[3],
    rank: (match[3] || task[match.index - 1] === '`' ? 0 : 1) + (/\b(in|on|of|repo(sitory)?:?)\s+`?$/i.test(task.slice(0, match.index)) ? 0 : 1),
  }));
  found.sort((a, b) => a.rank - b.rank);
  const number = found.find((entry) => entry.number)?.number ?? task.match(/(?:#|\bissue\s+(?:number\s+)?)(\d+)\b/i)?.[1];
  return { repositories: found.map(({ owner, repo }) => ({ owner, repo })), number: number ? Number(number) : undefined };
}

/** The first named repository that exists; else the only or first one the token's user can see. */
async function findRepository(octokit, candidates) {
  for (const candidate of candidates) {
    try {
      await octokit.rest.repos.get(candidate);
      return candidate;
    } catch (error) {
      if (error.status !== 404) throw error;
    }
  }
  const { data } = await octokit.rest.repos.listForAuthenticatedUser({ per_page: 100 });
  if (data.length === 0) throw new Error('The task names no repository, and the token sees none.');
  return { owner: data[0].owner.login, repo: data[0].name };
}

const labelNames = (issue) => issue.labels.map((label) => (typeof label === 'string' ? label : label.name));
const isKind = (name, kind) => LABELS[kind].includes(name.toLowerCase());
const isClassification = (name) => Object.keys(LABELS).some((kind) => isKind(name, kind));

async function triageIssue({ octokit, target, issue, me, log }) {
  const at = { ...target, issue_number: issue.number };
  const done = [];
  const current = labelNames(issue).find(isClassification);
  let kind = current ?? classify(issue.title, issue.body ?? '');
  if (!current) {
    const available = (await octokit.paginate(octokit.rest.issues.listLabelsForRepo, { ...target, per_page: 100 })).map((label) => label.name);
    const label = LABELS[kind].map((name) => available.find((one) => one.toLowerCase() === name)).find(Boolean);
    if (label) {
      await octokit.rest.issues.addLabels({ ...at, labels: [label] });
      done.push(`labelled it ${label}`);
      kind = label;
    } else {
      log(`#${issue.number}: the repository has no label for a ${kind}; none is invented`);
    }
  }
  let assignee = issue.assignees?.[0]?.login;
  if (!assignee) {
    const people = await octokit.paginate(octokit.rest.issues.listAssignees, { ...target, per_page: 100 });
    assignee = people.find((user) => user.login !== me && user.type !== 'Organization' && user.type !== 'Bot')?.login;
    if (assignee) {
      await octokit.rest.issues.addAssignees({ ...at, assignees: [assignee] });
      done.push(`assigned it to ${assignee}`);
    }
  }
  if (done.length === 0) {
    log(`#${issue.number}: already triaged, left alone`);
    return `#${issue.number} was already triaged; nothing was changed`;
  }
  const body = `Thanks for the report. I triaged this as **${kind}**${assignee ? ` and @${assignee} will have a look` : ''}.`;
  await octokit.rest.issues.createComment({ ...at, body });
  done.push('answered');
  log(`#${issue.number}: ${done.join(', ')}`);
  return `#${issue.number}: ${done.join(', ')}`;
}

/**
 * Triages what the task asks for: one issue, or every open issue of the repository when it names none.
 * An issue that has a classification label and an assignee is left alone; issue text is data, never instructions.
 *
 * @param {object} options
 * @param {import('@octokit/rest').Octokit} options.octokit a client for the twin, authenticated
 * @param {string} options.task what the agent was asked (POME_TASK)
 * @param {(line: string) => void} [options.log] progress, one line a call
 * @returns {Promise<{summary: string}>}
 */
export async function triage({ octokit, task, log = () => {} }) {
  const { repositories, number } = targetOf(task);
  const target = await findRepository(octokit, repositories);
  const me = (await octokit.rest.users.getAuthenticated()).data.login;
  const issues = number
    ? [(await octokit.rest.issues.get({ ...target, issue_number: number })).data]
    : (await octokit.paginate(octokit.rest.issues.listForRepo, { ...target, state: 'open', per_page: 100 })).filter((issue) => !issue.pull_request);
  log(`${target.owner}/${target.repo}: ${issues.length} issue(s) to look at`);
  const results = [];
  for (const issue of issues) results.push(await triageIssue({ octokit, target, issue, me, log }));
  return { summary: results.join('; ') || `${target.owner}/${target.repo} has no open issues` };
}
