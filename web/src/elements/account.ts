/** Whether this page may use the control plane of its own origin. */
import { control, ControlError } from '../control-api';
import { dispatch } from '../state';

export async function askAccount(): Promise<void> {
  try {
    dispatch({ type: 'account', account: await control.me() });
  } catch (error) {
    const status = error instanceof ControlError ? error.status : 0;
    dispatch({ type: 'account', account: status === 401 || status === 403 ? 'Not signed in.' : 'No control plane answers at this address.' });
  }
}
