import { keep, token } from './session.js';

/** Signs in to the manager's pages as here, so that their addresses can be opened too. */
export const openSession = () =>
  fetch('/sign_in/token', { method: 'POST', headers: { Authorization: `Bearer ${token()}` } });

/** Follows a link to the manager's pages, signed in there as here: they know sessions, not tokens. */
export async function openManager(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  const { href } = event.currentTarget;
  try {
    await openSession();
  } finally {
    location.href = href;
  }
}

/** Signs in with the session of the manager's pages; false when there is none. */
export async function takeSession() {
  try {
    const response = await fetch('/app/token', { method: 'POST', cache: 'no-store' });
    if (response.status !== 200) {
      return false;
    }
    keep((await response.json()).token, false);
    return true;
  } catch {
    return false;
  }
}
