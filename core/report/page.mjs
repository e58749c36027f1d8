// The script of the HTML report. The engine's module stands before it and leaves `Module`, its factory.
const problem = 'This browser could not start the engine, so the verdict above is the stored one.';

function engineBytes() {
  const text = atob(document.getElementById('engine').textContent);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}

function unwrap(envelope) {
  const answer = JSON.parse(envelope);
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.value;
}

function rescore(engine, run) {
  const scenario = { markdown: run.markdown, path: `${run.slug}.md`, ...(run.sidecar && { sidecar: run.sidecar }) };
  const { state_initial, state_final, events, stop_reason } = run;
  return JSON.parse(unwrap(engine.evaluate(JSON.stringify({ scenario, state_initial, state_final, events, stop_reason }))));
}

// Lines that a judge graded need the judge; the engine grades the others.
const judged = (result) => ['P', 'model'].includes(result.criterion.type);

function differences(stored, fresh) {
  const found = [];
  if (stored.results.length !== fresh.results.length) found.push(`${stored.results.length} criteria were scored, now ${fresh.results.length}`);
  stored.results.forEach((result, index) => {
    const again = fresh.results[index];
    if (!again || judged(result) || result.outcome === again.outcome) return;
    found.push(`"${result.criterion.text}" was ${result.outcome}, now it is ${again.outcome}`);
  });
  const whole = !stored.results.some((result) => judged(result) && ['passed', 'failed'].includes(result.outcome));
  for (const member of whole ? ['status', 'satisfaction'] : []) {
    if (stored[member] !== fresh[member]) found.push(`${member} was ${stored[member]}, now it is ${fresh[member]}`);
  }
  return found;
}

function show(place, state, text) {
  place.dataset.state = state;
  place.textContent = text;
}

function rescoreInPage(engine, version, data) {
  const place = data.previousElementSibling;
  try {
    const run = JSON.parse(data.textContent);
    const found = differences(JSON.parse(run.report), rescore(engine, run));
    if (found.length === 0) show(place, 'same', `Scored again by engine ${version} in this page: same verdict.`);
    else show(place, 'differs', `Scored again by engine ${version} in this page, and the verdict differs: ${found.join('; ')}.`);
  } catch (error) {
    show(place, 'failed', `This run could not be scored again: ${error.message}`);
  }
}

try {
  const engine = await Module({ wasmBinary: engineBytes() });
  const version = unwrap(engine.version()).engine;
  for (const data of document.querySelectorAll('.run-data')) rescoreInPage(engine, version, data);
} catch {
  for (const place of document.querySelectorAll('.rescored')) show(place, 'failed', problem);
}
document.documentElement.dataset.ready = '';
