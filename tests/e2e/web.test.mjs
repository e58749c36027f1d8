// The page in a real Chromium, served by `pome serve`: every agent, both homes of the twin, stored runs, sign-in.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, test } from 'node:test';
import { startLlm } from './llm-stand-in.mjs';
import { startPome } from './pome-server.mjs';
import { startExampleAgent, startOddAgent } from './remote-agents.mjs';
import { launch, listen } from './support.mjs';
import { labels, markdown, seed } from './support/seeded.mjs';

const wait = 30_000;
let pome;
let browser;
let context;
let page;
let complaints;

before(async () => {
  [pome, browser] = await Promise.all([startPome(), launch()]);
});
after(async () => {
  await browser?.close();
  await pome?.stop();
});

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
  complaints = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    if (/Content.Security.Policy|Trusted/i.test(message.text())) complaints.push(message.text());
  });
});
afterEach(async () => {
  await context.close();
  assert.deepEqual(complaints, [], 'the page broke its own policy or threw');
});

async function open(path = '/', { signedIn = false } = {}) {
  if (signedIn) await signIn();
  await page.goto(`${pome.origin}${path}`);
  await page.waitForSelector('html[data-ready]', { timeout: wait });
}

/** A sign-in link works once: the first test that needs it spends it, the others reuse its cookie. */
let cookies = null;
async function signIn() {
  if (!cookies) {
    await page.goto(pome.signin);
    cookies = await context.cookies();
  } else {
    await context.addCookies(cookies);
  }
}

const pick = (id) => page.check(`#${id}`, { force: true });

async function runAndRead() {
  await page.click('#run:enabled', { timeout: wait });
  await page.waitForSelector('.report', { timeout: wait });
  await page.waitForFunction(() => /Done|did not finish/.test(document.querySelector('.phase')?.textContent ?? ''), null, { timeout: wait });
  return page.$eval('.report', (report) => ({ status: report.dataset.status, score: Number(report.dataset.score), outcomes: [...report.querySelectorAll('.criterion')].map((one) => one.dataset.outcome) }));
}

async function runAndFail() {
  await page.click('#run:enabled', { timeout: wait });
  await page.waitForFunction(() => /Done|did not finish/.test(document.querySelector('.phase')?.textContent ?? ''), null, { timeout: wait });
  return page.textContent('.progress .problem');
}

async function typeScenario(text) {
  await page.click('.cm-content');
  await page.keyboard.press('Control+A');
  await page.locator('.cm-content').evaluate((editor, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    editor.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);
}

/** The text of every file below a folder: what a run left on disk. */
function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'latin1')).join('\n');
}

test('the first screen runs with one press: scripted agent, twin in the tab', async () => {
  await open();
  const foreign = [];
  page.on('request', (request) => { if (/\/s\/|\/v1\/sessions/.test(request.url())) foreign.push(request.url()); });
  const verdict = await runAndRead();
  assert.deepEqual([verdict.status, verdict.score], ['pass', 100]);
  assert.ok(verdict.outcomes.filter((one) => one === 'passed').length >= 7);
  assert.deepEqual(foreign, [], 'a twin in the tab needs no network');
  assert.match(await page.textContent('.stored'), /Not stored/);
  await page.click('.evidence .call');
  assert.equal(await page.locator('.tape .marked').count(), 1);
  assert.match(await page.textContent('.tape .marked'), /comments/);
  await page.click('.pointer summary');
  assert.match(await page.textContent('.pointer[open] pre'), /bug/);
  console.log(`page ready after ${Math.round(await page.evaluate(() => performance.getEntriesByName('pome-ready')[0].startTime))} ms, cold, over loopback`);
});

test('a second run starts from a fresh twin', async () => {
  await open();
  await runAndRead();
  await page.click('#run');
  await page.waitForSelector('.report', { state: 'detached', timeout: wait }).catch(() => {});
  await page.waitForSelector('.report', { timeout: wait });
  assert.equal(await page.getAttribute('.report', 'data-score'), '100');
});

test('at the control plane the same run is stored, and its page agrees on the score', async () => {
  await open('/#scenario=01-bug-happy-path&agent=scripted&twin=control', { signedIn: true });
  const verdict = await runAndRead();
  assert.deepEqual([verdict.status, verdict.score], ['pass', 100]);
  await page.click('#stored-run');
  await page.waitForSelector('#agreement', { timeout: wait });
  assert.match(page.url(), /\/runs\/run_/);
  assert.equal(await page.textContent('#stored-score'), '100');
  assert.match(await page.textContent('#server-score'), /^100/);
  assert.match(await page.textContent('#local-score'), /^100/);
  assert.equal(await page.getAttribute('.scores', 'data-agree'), 'true');
  assert.ok((await page.locator('.tape details').count()) >= 5);
});

test('the page of a run whose seed stood in a file of its own scores it alike', async () => {
  const api = async (path, body, method = 'POST') => (await fetch(`${pome.origin}${path}`, { method, body: JSON.stringify(body), headers: { 'x-api-key': pome.key } })).json();
  const session = await api('/v1/sessions', { twins: ['github'], scenario_source: Buffer.from(markdown).toString('base64'), seed });
  const labelled = await fetch(session.twin_url + labels, { method: 'POST', headers: { authorization: `Bearer ${session.agent_token}` }, body: '{"labels":["bug"]}' });
  assert.equal(labelled.status, 200);
  const { run_id: run } = await api(`/v1/sessions/${session.session_id}/result`, { scenario_name: 'prose', stop_reason: 'agent_exit_0', satisfaction_score: 100, status: 'pass' });
  await open(`/runs/${run}`, { signedIn: true });
  await page.waitForSelector('#agreement', { timeout: wait });
  assert.equal(await page.getAttribute('.scores', 'data-agree'), 'true');
  assert.deepEqual(await page.locator('.source summary').allTextContents(), ['Scenario text', 'Seed file']);
});

test('a run that does not exist, and one without signing in, are explained', async () => {
  await open('/runs/run_none');
  assert.match(await page.textContent('[role=alert]'), /signed in/);
  await open('/runs/run_none', { signedIn: true });
  assert.match(await page.textContent('[role=alert]'), /no run/);
});

test('a typed key opens the control plane without a cookie and is never stored', async () => {
  await open('/#twin=control');
  assert.equal(await page.isDisabled('#run'), true);
  await page.fill('#control-key', pome.key);
  const verdict = await runAndRead();
  assert.equal(verdict.status, 'pass');
  await page.waitForSelector('#stored-run');
  await assertNotKept(pome.key);
});

async function assertNotKept(secret) {
  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    const caches = await self.caches.keys();
    return JSON.stringify([{ ...localStorage }, { ...sessionStorage }, databases, caches, location.href, document.cookie, history.state, document.documentElement.outerHTML]);
  });
  assert.ok(!kept.includes(secret), 'the secret is in storage, the address or the document');
  assert.ok(!(await context.storageState()).cookies.some((cookie) => cookie.value.includes(secret)));
}

for (const home of ['tab', 'control']) {
  test(`an LLM agent on the user's own key, twin: ${home}`, async () => {
    const key = `sk-test-${randomBytes(24).toString('hex')}`;
    const llm = await startLlm(key);
    try {
      const leaks = [];
      context.on('request', (request) => {
        if (request.url().startsWith(llm.origin)) return;
        if (JSON.stringify([request.url(), request.headers(), request.postData() ?? '']).includes(key)) leaks.push(request.url());
      });
      await open(`/#agent=llm&twin=${home}`, { signedIn: home === 'control' });
      await page.fill('#llm-endpoint', `${llm.origin}/v1`);
      await page.fill('#llm-model', 'stand-in');
      await page.fill('#llm-key', key);
      const verdict = await runAndRead();
      assert.deepEqual([verdict.status, verdict.score], ['pass', 100]);
      assert.equal(llm.requests.length, 4);
      assert.ok(llm.requests.every((one) => one.authorization === `Bearer ${key}`));
      assert.ok(llm.requests.every((one) => !JSON.stringify(one.body).includes(key)));
      assert.match(JSON.stringify(llm.requests.at(-1).body.messages), /HTTP 201/);
      assert.deepEqual(leaks, []);
      await assertNotKept(key);
      if (home === 'control') {
        await page.waitForSelector('#stored-run');
        assert.ok(!filesBelow(pome.data).includes(key), 'the key is in a stored file');
      }
    } finally {
      await llm.close();
    }
  });
}

test('what goes wrong with a model is said in words, without the key', async () => {
  const key = `sk-test-${randomBytes(24).toString('hex')}`;
  const llm = await startLlm(key, { refuse: true });
  const silent = await listen((request, response) => response.writeHead(200).end('{}'));
  try {
    await open('/#agent=llm');
    await page.fill('#llm-model', 'stand-in');
    await page.fill('#llm-key', key);
    await page.fill('#llm-endpoint', llm.origin);
    const refused = await runAndFail();
    assert.match(refused, /answered 401/);
    assert.ok(!refused.includes(key));
    assert.equal(await page.getAttribute('.report', 'data-status'), 'fail');
    await page.fill('#llm-endpoint', silent.origin);
    assert.match(await runAndFail(), /could not be reached.*CORS/);
    await page.fill('#llm-endpoint', 'http://127.0.0.1:9');
    assert.match(await runAndFail(), /not running/);
  } finally {
    await llm.close();
    await silent.close();
  }
});

test('a model that never stops, or climbs out of the twin, is held', async () => {
  const key = 'sk-test-climber-0123456789';
  const climb = [['github_request', { method: 'GET', path: '/../../v1/keys' }]];
  const llm = await startLlm(key, { turns: Array.from({ length: 50 }, () => climb) });
  try {
    await open('/#agent=llm&twin=control', { signedIn: true });
    await page.fill('#llm-endpoint', llm.origin);
    await page.fill('#llm-model', 'stand-in');
    await page.fill('#llm-key', key);
    await page.fill('#llm-turns', '3');
    const reached = [];
    page.on('request', (request) => { if (request.url().includes('/v1/keys')) reached.push(request.url()); });
    assert.match(await runAndFail(), /after 3 turns/);
    assert.deepEqual(reached, []);
    assert.match(JSON.stringify(llm.requests.at(-1).body.messages), /outside the twin/);
  } finally {
    await llm.close();
  }
});

test('a remote agent on another origin works on a control-plane session', async () => {
  const agent = await startExampleAgent();
  try {
    await open('/#agent=remote', { signedIn: true });
    assert.equal(await page.isDisabled('#home-tab'), true, 'a twin in a tab has no address');
    await page.fill('#remote-url', agent.url);
    const verdict = await runAndRead();
    assert.deepEqual([verdict.status, verdict.score], ['pass', 100]);
    assert.match(await page.textContent('.progress .log'), /labelled/);
    await page.waitForSelector('#stored-run');
  } finally {
    agent.close();
  }
});

test('remote agents that fail are told apart, and only POME_ values reach them', async () => {
  const cases = [
    [{ lines: [{ type: 'log', text: 'hello' }] }, /without a result/],
    [{ lines: ['{not json'] }, /not JSON/],
    [{ lines: [{ type: 'result', ok: false, error: 'no idea' }] }, /no idea/],
    [{ status: 503, lines: [{ error: 'busy' }] }, /answered 503/],
    [{ cors: false }, /CORS/],
  ];
  await open('/#agent=remote', { signedIn: true });
  for (const [behaviour, expected] of cases) {
    const agent = await startOddAgent(behaviour);
    await page.fill('#remote-url', agent.url);
    assert.match(await runAndFail(), expected);
    for (const body of agent.bodies) {
      const { task, env } = JSON.parse(body);
      assert.match(task, /triage/i);
      assert.ok(Object.keys(env).every((name) => name.startsWith('POME_')));
      assert.ok(env.POME_GITHUB_REST_URL.startsWith(pome.origin));
      assert.ok(!body.includes(pome.key));
    }
    await agent.close();
  }
});

test('Stop ends a run at once and nothing is scored', async () => {
  const never = await listen(() => {});
  try {
    await open('/#agent=llm');
    await page.fill('#llm-endpoint', never.origin);
    await page.fill('#llm-model', 'stand-in');
    await page.click('#run');
    await page.waitForFunction(() => document.querySelector('.phase')?.textContent === 'The agent works');
    await page.click('#run');
    await page.waitForFunction(() => /Stopped/.test(document.querySelector('.phase')?.textContent ?? ''));
    assert.equal(await page.locator('.report').count(), 0);
  } finally {
    await never.close();
  }
});

test('an agent that is too slow is ended and never passes', async () => {
  const never = await listen(() => {});
  try {
    await open('/#agent=llm');
    await typeScenario('# Slow\n\n## Prompt\n\nWait.\n\n## Success Criteria\n\n- [D] Issue #1 in `acme/api` is in state open\n\n## Config\n\n```yaml\ntimeout: 1\n```\n');
    await page.waitForFunction(() => /1 criterion/.test(document.querySelector('.summary')?.textContent ?? ''));
    await page.fill('#llm-endpoint', never.origin);
    await page.fill('#llm-model', 'stand-in');
    assert.match(await runAndFail(), /not done after 1 second/);
    assert.equal(await page.getAttribute('.report', 'data-status'), 'fail');
  } finally {
    await never.close();
  }
});

test('a malformed scenario shows its problems while typing and cannot run', async () => {
  await open();
  await typeScenario('# Broken\n\n## Success Criteria\n\n- [D] The moon is full\n');
  await page.waitForFunction(() => /problems? to fix/.test(document.querySelector('.summary')?.textContent ?? ''));
  const problems = await page.$$eval('.problems li.error', (list) => list.map((one) => [one.dataset.code, one.querySelector('.place').textContent]));
  assert.ok(problems.length >= 2, JSON.stringify(problems));
  assert.ok(problems.some(([, place]) => place.startsWith('5:')), 'the unbound criterion is reported at its line');
  assert.ok((await page.locator('.cm-lintRange-error').count()) >= 1);
  assert.equal(await page.isDisabled('#run'), true);
  await page.click('.problems li.error .place >> nth=0');
  await page.click('button:has-text("Undo edits")');
  await page.waitForSelector('#run:enabled');
});

test('text from the twin is text: markup in an issue stays markup', async () => {
  await open();
  const evil = '<img src=x onerror=alert(1)>';
  const seed = { repositories: [{ owner: 'acme', name: 'api', collaborators: ['alice'], labels: [{ name: 'bug' }], issues: [{ number: 1, title: `crash ${evil}`, body: evil }] }] };
  await typeScenario(`# ${evil}\n\n## Prompt\n\nTriage issue #1 in acme/api.\n\n## Success Criteria\n\n- [D] Issue #1 in \`acme/api\` has the \`bug\` label applied\n- [P] ${evil}\n\n## Seed State\n\n\`\`\`json\n${JSON.stringify(seed)}\n\`\`\`\n`);
  await page.waitForFunction(() => /1 criterion/.test(document.querySelector('.summary')?.textContent ?? ''));
  assert.equal((await runAndRead()).status, 'pass');
  for (const call of await page.locator('.tape summary').all()) await call.click();
  assert.match(await page.textContent('.tape'), /onerror=alert/);
  assert.equal(await page.locator('img[src=x]').count(), 0);
});

test('the address carries the choice, and nothing secret', async () => {
  await open('/#agent=llm');
  await page.fill('#llm-endpoint', 'http://127.0.0.1:9/v1');
  await page.fill('#llm-key', 'sk-in-the-field-0123456789');
  await page.selectOption('#scenario', { index: 1 });
  await page.waitForFunction(() => location.hash.includes('scenario='));
  const { hash } = new URL(page.url());
  assert.match(hash, /scenario=\d\d-/);
  assert.match(hash, /agent=llm/);
  assert.doesNotMatch(hash, /127|sk-|key/);
  await page.reload();
  await page.waitForSelector('html[data-ready]');
  assert.equal(await page.inputValue('#llm-key'), '');
  assert.equal(await page.isChecked('#agent-llm'), true);
});

test('works at 375 pixels, by keyboard, in both colour schemes', async () => {
  await page.setViewportSize({ width: 375, height: 760 });
  await open();
  await runAndRead();
  for (const call of (await page.locator('.tape summary').all()).slice(0, 2)) await call.click();
  assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 375, 'the page scrolls sideways');
  await open('/', {});
  await page.locator('#scenario').focus();
  const seen = [];
  for (let step = 0; step < 12; step += 1) {
    // The editor takes Tab as any text field does: Escape is not needed, focus moves on.
    await page.keyboard.press('Tab');
    seen.push(await page.evaluate(() => document.activeElement?.id ?? ''));
  }
  assert.ok(seen.includes('agent-scripted') && seen.includes('home-tab') && seen.includes('run'), seen.join(' '));
  const background = async (scheme) => {
    await page.emulateMedia({ colorScheme: scheme });
    return page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  };
  assert.notEqual(await background('light'), await background('dark'));
  await page.emulateMedia({ colorScheme: 'light' });
  await page.click('button.theme');
  await page.click('button.theme');
  assert.equal(await page.getAttribute('html', 'data-theme'), 'dark');
});

test('the command line signs in through the page, to loopback only', async () => {
  const verifier = randomBytes(32).toString('base64url');
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  let landed;
  const arrived = new Promise((resolve) => { landed = resolve; });
  const callback = await listen((request, response) => {
    if (request.url.startsWith('/callback')) landed(new URL(request.url, 'http://x').searchParams);
    response.writeHead(200, { 'content-type': 'text/plain' }).end('done');
  });
  try {
    const query = new URLSearchParams({ redirect_uri: `${callback.origin}/callback`, state: 'state-1', code_challenge: challenge, code_challenge_method: 'S256' });
    await open(`/cli/login?${query}`, { signedIn: true });
    await page.click('#approve:enabled', { timeout: wait });
    const values = await arrived;
    assert.equal(values.get('state'), 'state-1');
    const exchanged = await fetch(`${pome.origin}/v1/auth/cli/exchange`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ code: values.get('code'), code_verifier: verifier, key_name: 'test' }) });
    assert.equal(exchanged.status, 200);
    assert.match((await exchanged.json()).api_key.full_key, /^pme_/);
    await open(`/cli/login?${new URLSearchParams({ redirect_uri: 'https://evil.example/callback', state: 's' })}`);
    assert.match(await page.textContent('h1'), /not valid/);
    assert.equal(await page.locator('#approve').count(), 0);
  } finally {
    await callback.close();
  }
});
