/** A twin in this tab: nothing leaves the browser, nothing is stored. */
import { WorkerCalls } from '../workers';
import type { LiveCall, TwinHome, TwinSession } from './home';
import workerUrl from './twin-worker?worker&url';
import type { TwinCalls } from './twin-worker';

export const tabHome: TwinHome = {
  async open({ seedJson }, onCall): Promise<TwinSession> {
    const worker = new WorkerCalls<TwinCalls>(workerUrl, 'twin', (event) => {
      const { call } = event as { call?: LiveCall };
      if (call) onCall(call);
    });
    try {
      const id = `tab_${crypto.randomUUID()}`;
      const twin = await worker.call('open', { origin: 'https://twin.invalid', sid: 'tab', run_id: id, seed: seedJson });
      const access = () => {
        const { port1, port2 } = new MessageChannel();
        void worker.call('connect', { port: port1 }, [port1]).catch(() => {});  // a stopped run
        return { baseUrl: twin.baseUrl, token: twin.token, port: port2 };
      };
      return {
        id, baseUrl: twin.baseUrl, token: twin.token, access,
        initialState: () => worker.call('export', { what: 'initialState' }),
        state: () => worker.call('export', { what: 'state' }),
        events: () => worker.call('export', { what: 'events' }),
        store: async () => null,
        close: async () => worker.stop(),
      };
    } catch (error) {
      worker.stop();
      throw error;
    }
  },
};
