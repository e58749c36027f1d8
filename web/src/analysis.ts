/** Keeps the diagnostics in step with the text: the engine reads it a moment after each change. */
import { engine } from './engine';
import { dispatch, getState, subscribe } from './state';

const pauseMs = 200;
let timer = 0;

async function analyse(): Promise<void> {
  const { source } = getState();
  try {
    const { parsed, diagnostics } = await engine.analyse(source);
    dispatch({ type: 'analysed', source, scenario: parsed.scenario, diagnostics });
  } catch (error) {
    dispatch({ type: 'engine-failed', problem: error instanceof Error ? error.message : String(error) });
  }
}

export function watchScenario(): void {
  void analyse();
  subscribe((state, before) => {
    if (state.source === before.source) return;
    clearTimeout(timer);
    timer = window.setTimeout(() => void analyse(), state.scenarioId === before.scenarioId ? pauseMs : 0);
  });
}
