import { el } from './dom.js';
import { monthRange } from './months.js';
import { digits, sourceName, typePlural } from './names.js';
import { isFiltered } from './state.js';

const shownMax = 8;
const unfolded = new Set();

/** The filters What, Where and When. Each change gives `onChange` the part of the state that differs. */
export function showFacets(root, facets, state, onChange) {
  const focused = root.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  root.replaceChildren(...[
    group('What', 'what', toChoices(facets.document_types, typePlural), state.what, onChange),
    group('Where', 'where', toChoices(facets.providers, sourceName, p => p.client?.name), state.where, onChange),
    monthRange(facets.creation_dates, state, onChange),
    isFiltered(state) && el('button', {
      class: 'quiet clear', 'data-focus': 'clear', onclick: () => onChange({ what: [], where: [], from: null, to: null, similar: null }),
    }, 'Clear filters'),
  ].filter(Boolean));
  if (focused) {
    root.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus({ preventScroll: true });
  }
}

const toChoices = (facets, nameOf, detailOf) => facets.map(facet => ({
  id: facet.id,
  name: nameOf(facet),
  detail: detailOf?.(facet),
  count: facet.document_count,
}));

function group(title, name, choices, chosen, onChange) {
  if (choices.length === 0) {
    return null;
  }
  const isShort = choices.length <= shownMax || unfolded.has(name);
  const rows = choices.filter((choice, index) => isShort || index < shownMax || chosen.includes(choice.id));
  const list = el('ul', {}, rows.map(choice => el('li', {}, box(choice, name, chosen, onChange))));
  const unfold = !isShort && el('button', {
    class: 'link',
    'data-focus': `${name}-all`,
    onclick: () => {
      unfolded.add(name);
      onChange({});
    },
  }, `All ${choices.length}`);
  return el('fieldset', {}, el('legend', {}, title), list, unfold);
}

function box(choice, name, chosen, onChange) {
  const input = el('input', {
    type: 'checkbox',
    checked: chosen.includes(choice.id),
    'data-focus': `${name}-${choice.id}`,
    onchange: event => onChange({
      [name]: event.target.checked ? [...chosen, choice.id] : chosen.filter(id => id !== choice.id),
    }),
  });
  const detail = choice.detail && choice.detail !== choice.name ? choice.detail : null;
  return el('label', { class: 'choice' }, input,
    el('span', { class: 'name', title: choice.name }, choice.name, detail && el('small', {}, detail)),
    el('span', { class: 'number' }, digits(choice.count)));
}
