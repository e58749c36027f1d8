// Reports and bundles as a user makes them: every format against its schema, on disk and on stdout, from live and from
// stored runs; bundles that travel, and broken ones. The HTML page in a real Chromium, opened from disk.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import Ajv from 'ajv';
import Ajv2020 from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { launch } from './support.mjs';
import { agent, script } from './support/agents.mjs';
import { binary, finish, root, scratch } from './support/programs.mjs';

const happyPath = `${root}scenarios/01-bug-happy-path.md`;
const clean = { PATH: process.env.PATH, LANG: 'C.UTF-8' };
const readJson = (path) => JSON.parse(readFileSync(path, 'utf8'));

const hostile = '# Triage ]]> <script>alert(1)</script> | `x` ::error::\n\n## Prompt\n\nDo it.\n\n## Success Criteria\n\n' +
  '- [D] Issue #1 in `acme/api` is in state open\n- [D] Issue #1 in `acme/api` has the `bug` label applied\n' +
  '- [code] Issue #1 in `acme/api` exists\n- [P] The comment is kind </script> ]]> ::error::\n';

/** A scratch folder with the hostile scenario in it; `pome` runs there. */
function workplace(t, { env = {} } = {}) {
  const cwd = scratch(t);
  writeFileSync(join(cwd, 'triage.md'), hostile);
  const options = { cwd, env: { ...clean, HOME: scratch(t), ...env } };
  return { cwd, pome: (...args) => finish(args, options), file: (name) => readFileSync(join(cwd, name), 'utf8') };
}

const idle = ['--agent', 'true'];
const hostileAgent = ['--agent', agent('printf \'{"summary":"</script>\\\\n::error::summary ]]> ::error:: %%0A \\\\u001b[31m"}\\n\'; exit 3')];
const kinds = { junit: 'xml', sarif: 'sarif', github: 'md', markdown: 'md', json: 'json', html: 'html' };
const allReports = (prefix, wanted = Object.keys(kinds)) => wanted.flatMap((kind) => ['--report', `${kind}=${prefix}-${kind}.${kinds[kind]}`]);

function assertJunit(path) {
  const checked = spawnSync('xmllint', ['--noout', '--nonet', '--schema', `${root}tests/data/schemas/junit-10.xsd`, path], { encoding: 'utf8' });
  assert.equal(checked.status, 0, checked.stderr);
}

/** The official schema, in the draft ajv reads: it uses nothing that changed but the name of its id. */
const { id, $schema, ...sarifSchema } = readJson(`${root}node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json`);
const validateSarif = addFormats(new Ajv({ strict: false, allErrors: true, unicodeRegExp: false })).compile(sarifSchema);
const own = (name) => new Ajv2020({ strict: false, allErrors: true }).compile(readJson(`${root}tools/schemas/${name}.schema.json`));
const validateReport = own('report');
const validateBundle = own('run-bundle');

function assertValid(validate, document) {
  assert.ok(validate(document), JSON.stringify(validate.errors, null, 1));
}

test('every report of passing, failing, crashed and unfinished runs is valid, and stored runs give the same bytes', async (t) => {
  const { cwd, pome, file } = workplace(t);
  const rows = [
    ['passed', happyPath, [], 0],
    ['idle', 'triage.md', idle, 1],
    ['silent', happyPath, idle, 1],
    ['crashed', 'triage.md', hostileAgent, 1],
    ['unfinished', 'triage.md', ['--agent', 'false'], 2],
  ];
  for (const [name, scenario, args, code] of rows) {
    const end = await pome('run', scenario, ...args, ...allReports(name));
    assert.equal(end.code, code, end.stderr);
    assertJunit(join(cwd, `${name}-junit.xml`));
    assertValid(validateSarif, readJson(join(cwd, `${name}-sarif.sarif`)));
    assertValid(validateReport, readJson(join(cwd, `${name}-json.json`)));
    const again = await pome('report', 'latest', ...allReports(`${name}-again`));
    assert.equal(again.code, 0, again.stderr);
    for (const kind of Object.keys(kinds)) {
      if (name === 'unfinished') continue; // a stored run knows less about why
      assert.equal(file(`${name}-again-${kind}.${kinds[kind]}`), file(`${name}-${kind}.${kinds[kind]}`), `${name} ${kind}`);
    }
  }
  assert.doesNotMatch(file('passed-junit.xml'), /<failure|<error/);
  assert.match(file('idle-junit.xml'), /<failure message="[^"]*bug[^"]*" type="github\.issue-has-label">/);
  assert.match(file('crashed-junit.xml'), /<error message="The agent ended with a failure; such a run never passes\." type="agent_exit_nonzero">/);
  assert.match(file('unfinished-junit.xml'), /<error message="The agent&#39;s preflight failed/);
  const [{ results, tool }] = readJson(join(cwd, 'idle-sarif.sarif')).runs;
  assert.equal(tool.driver.name, 'pome');
  const { physicalLocation } = results.find(({ ruleId }) => ruleId === 'github.issue-has-label').locations[0];
  assert.deepEqual(physicalLocation, { artifactLocation: { uri: 'triage.md' }, region: { startLine: 10, startColumn: 7 } });
});

test('the schemas notice what a report or bundle may not be', async (t) => {
  const { cwd, pome } = workplace(t);
  await pome('run', 'triage.md', ...idle, '--report', 'json=a.json', '--report', 'sarif=a.sarif', '--report', 'junit=a.xml');
  const changed = (path, change) => { const document = readJson(join(cwd, path)); change(document); return document; };
  assert.ok(!validateReport(changed('a.json', (document) => { document.runs[0].status = 'passed'; })));
  assert.ok(!validateReport(changed('a.json', (document) => { delete document.runs[0].report.results[0].evidence.calls; })));
  assert.ok(!validateSarif(changed('a.sarif', (document) => { document.runs[0].results[0].level = 'fatal'; })));
  writeFileSync(join(cwd, 'b.xml'), readFileSync(join(cwd, 'a.xml'), 'utf8').replace('classname=', 'line='));
  assert.throws(() => assertJunit(join(cwd, 'b.xml')));
});

test('several runs make one report; a folder of scenarios counts each', async (t) => {
  const { cwd, pome, file } = workplace(t);
  const end = await pome('run', 'triage.md', happyPath, ...idle, ...allReports('all', ['junit', 'json', 'markdown']));
  assert.equal(end.code, 1);
  assert.equal(file('all-junit.xml').match(/<testsuite /g).length, 2);
  assert.deepEqual(readJson(join(cwd, 'all-json.json')).totals, { runs: 2, passed: 0, failed: 2, incomplete: 0, errors: 0 });
  assert.match(file('all-markdown.md'), /^# Pome: 0 of 2 runs passed\n/);
  assertJunit(join(cwd, 'all-junit.xml'));
});

test('a secret that reached the world reaches no report', async (t) => {
  const key = 'sk-proj-Zx81kQp20LmVb7Tn';
  const { pome, cwd } = workplace(t, { env: { OPENAI_API_KEY: key } });
  const leak = script(`await api('POST', '/repos/acme/api/issues/1/labels', { labels: [env.OPENAI_API_KEY] });
await api('POST', '/repos/acme/api/issues/1/comments', { body: env.OPENAI_API_KEY });
console.log(JSON.stringify({ summary: env.OPENAI_API_KEY }));`);
  const end = await pome('run', 'triage.md', '--agent', leak, ...allReports('leak'), '--json');
  assert.equal(end.code, 1, end.stderr);
  assert.equal(JSON.parse(end.stdout).runs[0].calls, 2);
  await pome('bundle', 'latest', '-o', 'leak.pome.json');
  await pome('bundle', 'latest', '-o', 'leak.pome.zip');
  const written = readdirSync(cwd).filter((name) => name.startsWith('leak'));
  assert.equal(written.length, Object.keys(kinds).length + 2);
  for (const name of written) assert.ok(!readFileSync(join(cwd, name), 'latin1').includes(key), name);
  assert.match(readFileSync(join(cwd, 'leak-markdown.md'), 'utf8'), /found: .*redacted/i);
  assert.ok(!(await pome('run', 'triage.md', '--agent', leak)).stdout.includes(key));
});

test('a report on stdout stands there alone', async (t) => {
  const { pome } = workplace(t);
  const end = await pome('run', 'triage.md', ...idle, '--report', 'json=-', '--quiet');
  assert.equal(end.code, 1);
  assertValid(validateReport, JSON.parse(end.stdout));
  assert.match(end.stderr, /^FAIL/);
});

test('in GitHub Actions: annotations on stdout, the summary where the job wants it, after what is there', async (t) => {
  const { cwd, pome, file } = workplace(t, { env: { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: 'summary.md' } });
  writeFileSync(join(cwd, 'summary.md'), 'earlier\n');
  const end = await pome('run', 'triage.md', ...hostileAgent, '--report', 'github');
  const commands = end.stdout.split('\n').filter((line) => line.trimStart().startsWith('::')); // as the runner looks for them
  assert.equal(commands.length, 2, end.stdout);
  assert.match(commands[0], /^::error file=triage\.md,line=1,title=Triage [^:]*%3A%3Aerror[^:]*::The agent ended with a failure/);
  assert.match(commands[1], /^::error file=triage\.md,line=10,col=7,title=[^:]*::Issue #1 in `acme\/api` has the `bug` label applied%0A/);
  assert.match(file('summary.md'), /^earlier\n# Pome: 0 of 1 run passed\n/);
  assert.doesNotMatch(file('summary.md'), /<script|\n::/);
  const json = await pome('run', 'triage.md', ...idle, '--report', 'github=other.md', '--json', '--quiet');
  assert.equal(JSON.parse(json.stdout).command, 'run');
  assert.match(json.stderr, /^::error file=triage\.md,line=10,/);
  assert.ok(existsSync(join(cwd, 'other.md')));
});

test('what could not be written is refused before anything runs', async (t) => {
  const { cwd, pome } = workplace(t);
  mkdirSync(join(cwd, 'folder'));
  writeFileSync(join(cwd, 'plain'), '');
  const rows = [
    [['--report', 'pdf=x'], /there is no report "pdf"; take junit, sarif, github, markdown, json or html/],
    [['--report', 'junit'], /say where to write it, as in --report junit=FILE/],
    [['--report', 'junit='], /say where to write it/],
    [['--report', 'github'], /say where to write it/],
    [['--report', 'junit=folder'], /names a folder/],
    [['--report', 'junit=plain/x.xml'], /plain/],
    [['--report', 'junit=-', '--json'], /cannot both be on stdout/],
    [['--report', 'junit=-', '--report', 'json=-'], /Only one report/],
  ];
  for (const [args, message] of rows) {
    const end = await pome('run', 'triage.md', ...idle, ...args);
    assert.equal(end.code, 5, args.join(' '));
    assert.match(end.stderr, message);
    assert.equal(end.stdout, '');
  }
  assert.ok(!existsSync(join(cwd, 'runs')));
  assert.match((await pome('report', 'latest')).stderr, /as in --report junit=results\.xml/);
  assert.equal((await pome('report', 'nowhere', '--report', 'junit=x.xml')).code, 5);
});

test('without the built engine the HTML report says what to do', async (t) => {
  const { cwd, pome } = workplace(t);
  const alone = join(cwd, 'pome-alone');
  cpSync(binary, alone, { dereference: true });
  chmodSync(alone, 0o755);
  const end = spawnSync(alone, ['run', 'triage.md', '--agent', 'true', '--report', 'html=x.html'], { cwd, env: clean, encoding: 'utf8' });
  assert.equal(end.status, 5);
  assert.match(end.stderr, /engine, and that is not built here\. Build it first: `npm start` does/);
  assert.ok(pome);
});

test('a bundle is one file that eval, inspect and report read', async (t) => {
  const { cwd, pome, file } = workplace(t);
  await pome('run', happyPath);
  const score = (await pome('eval', 'latest', '--json')).stdout;
  for (const name of ['run.pome.json', 'run.pome.zip']) {
    const made = await pome('bundle', 'latest', '-o', name);
    assert.deepEqual([made.code, made.stdout, made.stderr], [0, '', '']);
    const again = await pome('eval', name, '--json');
    assert.deepEqual([again.code, again.stdout], [0, score], again.stderr);
    const inspected = await pome('inspect', name);
    assert.match(inspected.stdout, new RegExp(`bundle: ${name}`));
    assert.match(inspected.stdout, /POST .*\/repos\/acme\/api\/issues\/1\/labels {2}200/);
    assert.equal(JSON.parse((await pome('inspect', name, '--json')).stdout).score.status, 'pass');
    assert.equal((await pome('report', name, ...allReports(name))).code, 0);
    assert.equal((await pome('bundle', name, '-o', `again-${name}`)).code, 0);
    assert.equal(file(`again-${name}`), file(name));
  }
  assert.equal(file('run.pome.zip-json.json'), file('run.pome.json-json.json'));
  assertValid(validateBundle, readJson(join(cwd, 'run.pome.json')));
  assert.ok(!validateBundle({ ...readJson(join(cwd, 'run.pome.json')), version: 2 }));
  const listed = spawnSync('python3', ['-c', 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None; print(" ".join(z.namelist()))', join(cwd, 'run.pome.zip')], { encoding: 'utf8' });
  if (!listed.error) assert.equal(listed.stdout.trim(), 'manifest.json meta.json scenario.md score.json state_initial.json state_final.json events.jsonl', listed.stderr);
  assert.match((await pome('bundle', 'latest', '-o', 'run.tar')).stderr, /ends in \.pome\.json or \.pome\.zip/);
});

test('a scenario with a seed file scores the same from its bundle', async (t) => {
  const { pome } = workplace(t);
  await pome('run', `${root}scenarios/05-injected-issue.md`, ...idle);
  const score = await pome('eval', 'latest', '--json');
  await pome('bundle', 'latest', '-o', 'x.pome.zip');
  const again = await pome('eval', 'x.pome.zip', '--json');
  assert.deepEqual([again.code, again.stdout], [score.code, score.stdout]);
});

test('broken bundles: one sentence, exit 5', async (t) => {
  const { cwd, pome, file } = workplace(t);
  await pome('run', 'triage.md', ...idle);
  await pome('bundle', 'latest', '-o', 'run.pome.json');
  await pome('bundle', 'latest', '-o', 'run.pome.zip');
  const json = file('run.pome.json');
  const zip = readFileSync(join(cwd, 'run.pome.zip'));
  const rows = [
    ['cut.pome.json', json.slice(0, json.length / 2), /cut off/],
    ['cut.pome.zip', zip.subarray(0, zip.length / 2), /cut off or damaged/],
    ['edited.pome.json', json.replace('is in state open', 'is in state closed'), /scenario\.md was changed after the bundle was written/],
    ['edited.pome.zip', Buffer.from(zip.toString('latin1').replace('is in state open', 'is in state 0pen'), 'latin1'), /scenario\.md in the zip file is damaged/],
    ['future.pome.json', json.replace('"version": 1', '"version": 2'), /version 2, and this Pome reads version 1/],
    ['other.json', '{"runs":[]}', /not a run bundle/],
    ['empty.pome.json', '', /not a run bundle/],
    ['deep.json', '['.repeat(100_000), /not a run bundle/],
    ['binary', Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 197) % 256)), /not a run bundle/],
  ];
  for (const [name, content, message] of rows) {
    writeFileSync(join(cwd, name), content);
    for (const args of [['eval', name], ['inspect', name], ['report', name, '--report', 'junit=x.xml'], ['bundle', name, '-o', 'y.pome.zip']]) {
      const end = await pome(...args);
      assert.equal(end.code, 5, `${args.join(' ')}: ${end.stderr}`);
      assert.match(end.stderr, message);
      assert.match(end.stderr, /^pome \w+: [^\n]*\n$/);
      assert.equal(end.stdout, '');
    }
  }
  assert.ok(!existsSync(join(cwd, 'x.xml')) && !existsSync(join(cwd, 'y.pome.zip')));
  assert.deepEqual(readdirSync(cwd).filter((name) => name.includes('.tmp')), []);
});

// ---- The HTML page

let browser;
before(async () => { browser = await launch(); });
after(() => browser?.close());

/** Opens a file of disk without any network; answers the page and what it complained about. */
async function openFile(t, path, options = {}) {
  const context = await browser.newContext({ offline: true, ...options });
  t.after(() => context.close());
  const page = await context.newPage();
  const complaints = [];
  const requests = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => complaints.push(message.text()));
  page.on('dialog', (dialog) => { complaints.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(pathToFileURL(path).href);
  await page.waitForSelector('html[data-ready]', { timeout: 30_000 });
  return { page, complaints, requests };
}

const rescored = (page) => page.$$eval('.rescored', (places) => places.map((place) => [place.dataset.state, place.textContent]));

test('the HTML page opens from disk without network and scores its runs again', async (t) => {
  const { cwd, pome } = workplace(t);
  await pome('run', 'triage.md', happyPath, ...hostileAgent, '--report', 'html=page.html');
  const { page, complaints, requests } = await openFile(t, join(cwd, 'page.html'));
  assert.deepEqual((await rescored(page)).map(([state]) => state), ['same', 'same'], JSON.stringify(await rescored(page)));
  assert.match((await rescored(page))[0][1], /^Scored again by engine [\d.]+ in this page: same verdict\.$/);
  assert.equal(await page.textContent('h2'), 'Triage ]]> <script>alert(1)</script> | x ::error::');
  assert.equal(await page.$$eval('.results li', (rows) => rows.length), 4 + 9);
  assert.deepEqual(complaints, []);
  assert.equal(requests.length, 1, requests.join('\n'));
});

test('a page whose data was changed says that the verdict differs', async (t) => {
  const { cwd, pome, file } = workplace(t);
  await pome('run', happyPath, '--report', 'html=page.html');
  const page = file('page.html');
  const start = page.indexOf('"state_final"');
  writeFileSync(join(cwd, 'page.html'), page.slice(0, start) + page.slice(start).replaceAll('\\"alice\\"', '\\"bob\\"'));
  const opened = await openFile(t, join(cwd, 'page.html'));
  const [[state, text]] = await rescored(opened.page);
  assert.equal(state, 'differs');
  assert.match(text, /is assigned to `alice`" was passed, now it is failed/);
});

test('the page fits a phone and is readable in light and dark', async (t) => {
  const { cwd, pome } = workplace(t);
  await pome('run', 'triage.md', happyPath, ...hostileAgent, '--report', 'html=page.html');
  for (const colorScheme of ['light', 'dark']) {
    const { page } = await openFile(t, join(cwd, 'page.html'), { colorScheme, viewport: { width: 375, height: 800 } });
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), colorScheme);
    const contrasts = await page.evaluate(() => {
      const channels = (colour) => colour.match(/[\d.]+/g).map(Number);
      const luminance = (colour) => channels(colour).slice(0, 3).map((c) => c / 255).map((c) => (c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
        .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
      const behind = (element) => {
        for (let at = element; at; at = at.parentElement) {
          const { backgroundColor } = getComputedStyle(at);
          if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
        }
        return 'rgb(255, 255, 255)';
      };
      return [...document.querySelectorAll('h1, h2, p, dt, dd, span, code')].map((element) => {
        const [low, high] = [luminance(getComputedStyle(element).color), luminance(behind(element))].sort((a, b) => a - b);
        return { text: element.textContent.slice(0, 40), ratio: (high + 0.05) / (low + 0.05) };
      });
    });
    assert.ok(contrasts.length > 20);
    for (const { text, ratio } of contrasts) assert.ok(ratio >= 4.5, `${colorScheme}: "${text}" has a contrast of ${ratio.toFixed(2)}`);
  }
});
