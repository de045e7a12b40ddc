import { basic, forget, token } from './session.js';

const root = document.body.dataset.apiUrl ?? '';

/** An answer that is no success. `code` is the API's word for it. */
export class ApiError extends Error {
  constructor(status, code, message) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

/** What happens when the token is refused; set by the page. */
export const session = { onLost: () => {} };

/** Gets JSON. Repeated parameters are given as arrays; empty ones are left out. */
export const get = (path, parameters, signal) => call('GET', path, parameters, { signal });

export const post = path => call('POST', path);

/** The basic token of a user. */
export async function tokenFor(email, password) {
  return (await call('GET', '/token', {}, { authorization: basic(email, password) })).token;
}

async function call(method, path, parameters = {}, { signal, authorization } = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) {
      if (one !== null && one !== undefined && one !== '') {
        query.append(name, one);
      }
    }
  }
  const headers = { Accept: 'application/json', Authorization: authorization ?? `Bearer ${token()}` };
  const url = `${root}${path}${query.size ? `?${query}` : ''}`;
  const response = await send(url, { method, headers, signal, credentials: 'omit', cache: 'no-store' });
  return read(response, !authorization);
}

async function send(url, options) {
  try {
    return await fetch(url, options);
  } catch (error) {
    if (error.name === 'AbortError') {
      throw error;
    }
    throw new ApiError(0, 'Unreachable', 'The server cannot be reached. Is it running?');
  }
}

async function read(response, isSession) {
  if (response.status === 204) {
    return null;
  }
  const body = await response.json().catch(() => null);
  if (response.ok) {
    return body;
  }
  if (response.status === 401 && isSession) {
    forget();
    session.onLost();
  }
  throw new ApiError(response.status, body?.code ?? 'Error', body?.message ?? `The server answered ${response.status}.`);
}
