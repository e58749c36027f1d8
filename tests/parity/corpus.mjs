// One list of engine calls, for every build of the engine: native, wasm in Node, wasm in a browser. Pure; the caller
// brings the data and `call(op, input, handle)`. Answers a list of [name, text]; equal lists mean equal engines.

const json = JSON.stringify;

/** Answers vary in real time and in random bytes by design; everything else has to be equal. */
const unstable = /^(date|x-github-request-id|x-ratelimit-reset|x-accepted-oauth-scopes-at): .*$/gim;

function asText(value) {
  return typeof value === 'string' ? value : new TextDecoder().decode(value);
}

function rowScenario(sentences) {
  const lines = sentences.map((sentence) => `- [D] ${sentence}`).join('\n');
  return `# Row\n\n## Prompt\n\nDo it.\n\n## Success Criteria\n\n${lines}\n`;
}

function worlds(row) {
  const list = [['passing', row.passing], ['failing', row.failing]];
  (row.more ?? []).forEach((world, index) => list.push([`more ${index}`, world]));
  return list.filter(([, world]) => world !== null && typeof world === 'object');
}

function evidence(world) {
  const part = (value) => (value === undefined ? '' : typeof value === 'string' ? value : json(value));
  return { state_initial: part(world.initial), state_final: part(world.final), events: part(world.events ?? world.tape ?? world.calls) };
}

async function twinOperations(call, add, requests) {
  const opened = JSON.parse(asText(await call('twin_open', json({ sid: 'parity', origin: 'https://twin.invalid', seed: '' }))));
  const { handle, mount, token } = opened.value;
  for (const { method, path, headers = {}, body = '' } of requests) {
    const head = Object.entries({ authorization: `Bearer ${token}`, ...headers }).map(([name, value]) => `${name}: ${value}\n`).join('');
    const answer = asText(await call('twin_request', `${method} ${mount}${path}\n${head}\n${body}`, handle));
    add(`twin ${method} ${path}`, answer.replace(unstable, ''));
  }
  add('twin initial state', asText(await call('twin_export', 'initial_state', handle)));
  add('twin state', asText(await call('twin_export', 'state', handle)));
  add('twin close', asText(await call('twin_close', '', handle)));
  add('twin closed', asText(await call('twin_export', 'state', handle)));
}

/** @param {{scenarios, documents, criteria, runs, redactions, credentials, requests}} data */
export async function corpus(call, data) {
  const results = [];
  const add = (name, text) => results.push([name, text]);
  const both = async (name, source) => {
    add(`parse ${name}`, asText(await call('parse_scenario', json(source))));
    add(`lint ${name}`, asText(await call('lint', json(source))));
  };
  for (const [name, source] of [...data.scenarios, ...data.documents]) await both(name, source);
  for (const [name, row] of data.criteria) {
    const sentences = (row.sentences ?? []).map((sentence) => (typeof sentence === 'string' ? sentence : sentence.text));
    const scenario = { markdown: rowScenario(sentences), path: `${name}.md` };
    for (const [which, world] of worlds(row)) add(`evaluate ${name} ${which}`, asText(await call('evaluate', json({ scenario, ...evidence(world) }))));
  }
  for (const [name, input] of data.runs) add(`evaluate ${name}`, asText(await call('evaluate', json(input))));
  for (const [name, input] of data.redactions) add(`redact ${name}`, asText(await call('redact', json(input))));
  for (const [name, input] of data.credentials) add(`credentials ${name}`, asText(await call('resolve_credentials', json(input))));
  for (const bad of ['', '{', '[]', '{"markdown": 3}', 'null']) add(`bad input ${bad}`, asText(await call('evaluate', bad)));
  await twinOperations(call, add, data.requests);
  return results;
}
