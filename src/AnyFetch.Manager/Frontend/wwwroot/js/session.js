const key = 'anyfetch.token';

/** The token of whoever is signed in, or null. */
export const token = () => localStorage.getItem(key) ?? sessionStorage.getItem(key);

/** Keeps a token for this tab, or for this device. */
export function keep(value, onDevice) {
  forget();
  (onDevice ? localStorage : sessionStorage).setItem(key, value);
}

export function forget() {
  localStorage.removeItem(key);
  sessionStorage.removeItem(key);
}

/** The value of an Authorization header for an e-mail address and a password in any script. */
export function basic(email, password) {
  const bytes = new TextEncoder().encode(`${email}:${password}`);
  return `Basic ${btoa(Array.from(bytes, byte => String.fromCharCode(byte)).join(''))}`;
}
