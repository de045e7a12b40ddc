import { byId } from './dom.js';
import { isPreviewOpen } from './preview.js';

/** Keys that work anywhere on the page, unless somebody is typing. */
export function enableShortcuts() {
  document.addEventListener('keydown', event => {
    const isTyping = event.target.closest('input, select, textarea, dialog');
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping || isPreviewOpen()) {
      return;
    }
    const act = {
      '/': () => byId('query').select(),
      '?': () => byId('help').showModal(),
      j: () => step(1),
      k: () => step(-1),
      ArrowDown: event.target.closest('#results') && (() => step(1)),
      ArrowUp: event.target.closest('#results') && (() => step(-1)),
    }[event.key];
    if (act) {
      event.preventDefault();
      act();
    }
  });
  byId('query').addEventListener('keydown', event => {
    if (event.key === 'ArrowDown') {
      event.preventDefault();
      step(1);
    }
  });
}

function step(by) {
  const links = [...document.querySelectorAll('#results a.title')];
  const at = links.indexOf(document.activeElement);
  if (at === 0 && by < 0) {
    byId('query').focus();
  } else {
    (links[at + by] ?? links[at])?.focus();
  }
}
