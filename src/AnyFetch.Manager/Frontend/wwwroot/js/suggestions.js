import { get } from './api.js';
import { byId, el } from './dom.js';

const waitMilliseconds = 120;
const limit = 8;

const input = byId('query');
const list = byId('suggestions');

let timer = 0;
let running = null;
let active = -1;

/** What the words of documents suggest for a query. */
export const suggest = (q, signal) => get('/suggestions', { search: q, limit }, signal);

/** Offers completions below the search box while somebody types; `onChosen` gets the whole query. */
export function offerSuggestions(onChosen) {
  input.addEventListener('input', () => {
    closeSuggestions();
    timer = setTimeout(() => offer(onChosen), waitMilliseconds);
  });
  input.addEventListener('blur', closeSuggestions);
  input.addEventListener('keydown', event => {
    const act = list.hidden || event.isComposing ? null : {
      ArrowDown: () => activate(active + 1),
      ArrowUp: () => activate(active - 1),
      Escape: closeSuggestions,
      Enter: active < 0 ? null : () => choose(list.children[active].textContent, onChosen),
    }[event.key];
    if (act) {
      event.preventDefault();
      event.stopImmediatePropagation();
      act();
    }
  });
}

/** Closes the list and forgets what is on its way. */
export function closeSuggestions() {
  clearTimeout(timer);
  running?.abort();
  running = null;
  active = -1;
  list.hidden = true;
  input.setAttribute('aria-expanded', 'false');
  input.removeAttribute('aria-activedescendant');
}

async function offer(onChosen) {
  const q = input.value.trimStart();
  if (q.length < 2) {
    return;
  }
  const { signal } = running = new AbortController();
  // Suggestions are a help, not an answer: without them the search goes on as typed.
  const found = await suggest(q, signal).catch(() => null);
  if (!signal.aborted && found?.completions.length > 0) {
    list.replaceChildren(...found.completions.map((text, index) => toOption(text, q, index, onChosen)));
    list.hidden = false;
    input.setAttribute('aria-expanded', 'true');
  }
}

/** What was typed stands out from what would be added. */
function toOption(text, q, index, onChosen) {
  const typed = text.toLowerCase().startsWith(q.toLowerCase()) ? q.length : 0;
  return el('li', {
    id: `suggestion-${index}`,
    role: 'option',
    'aria-selected': 'false',
    // The box keeps the focus, or the list would close before the click.
    onmousedown: event => event.preventDefault(),
    onclick: () => choose(text, onChosen),
  }, text.slice(0, typed), el('strong', {}, text.slice(typed)));
}

/** Marks an option. Before the first and behind the last one is none: what was typed. */
function activate(index) {
  const count = list.children.length;
  active = index < -1 ? count - 1 : index >= count ? -1 : index;
  [...list.children].forEach((option, at) => option.setAttribute('aria-selected', String(at === active)));
  if (active < 0) {
    input.removeAttribute('aria-activedescendant');
  } else {
    input.setAttribute('aria-activedescendant', list.children[active].id);
    list.children[active].scrollIntoView({ block: 'nearest' });
  }
}

function choose(text, onChosen) {
  closeSuggestions();
  onChosen(text);
}
