/** What the user typed for agents on other origins. Module memory only: never the state, storage, the address or a log. */

interface AgentInputs { endpoint: string; model: string; key: string; maxTurns: number; remoteUrl: string }

const inputs: AgentInputs = { endpoint: '', model: '', key: '', maxTurns: 20, remoteUrl: '' };

export function setInput<K extends keyof AgentInputs>(name: K, value: AgentInputs[K]): void {
  inputs[name] = value;
}

export function getInputs(): Readonly<AgentInputs> {
  return inputs;
}
