import { el } from './dom.js';
import { monthName } from './dates.js';
import { count } from './names.js';

/** Most bars that are drawn; a longer time is drawn in steps of several months. */
const barsMax = 48;

/** The filter When: a bar for each month and two handles. */
export function monthRange(buckets, state, onChange) {
  if (buckets.length < 2 && !state.from && !state.to || buckets.length === 0) {
    return null;
  }
  const months = allMonths(buckets, state);
  const counts = new Map(buckets.map(bucket => [bucket.date.slice(0, 7), bucket.document_count]));
  const last = months.length - 1;
  const at = (month, otherwise) => month ? Math.max(0, months.indexOf(month)) : otherwise;
  let from = at(state.from, 0);
  let to = at(state.to, last);
  const label = el('output', { class: 'range-label' });
  const bars = el('div', { class: 'bars', 'aria-hidden': 'true' }, toBars(months, counts));
  const show = () => {
    label.textContent = from === 0 && to === last && !state.from && !state.to
      ? 'Any time'
      : from === to ? name(months[from]) : `${name(months[from])} – ${name(months[to])}`;
    for (const bar of bars.children) {
      bar.classList.toggle('in', bar.dataset.last >= from && bar.dataset.first <= to);
    }
  };
  const commit = () => onChange({ from: from > 0 ? months[from] : null, to: to < last ? months[to] : null });
  const handle = (which, value) => el('input', {
    type: 'range', min: 0, max: last, value, 'data-focus': which,
    'aria-label': which === 'from' ? 'From month' : 'To month',
    'aria-valuetext': name(months[value]),
    oninput: event => {
      const chosen = Number(event.target.value);
      [from, to] = which === 'from' ? [Math.min(chosen, to), to] : [from, Math.max(chosen, from)];
      event.target.value = which === 'from' ? from : to;
      event.target.setAttribute('aria-valuetext', name(months[which === 'from' ? from : to]));
      show();
    },
    onchange: commit,
  });
  bars.addEventListener('click', event => {
    const bar = event.target.closest('[data-first]');
    if (bar) {
      [from, to] = [Number(bar.dataset.first), Number(bar.dataset.last)];
      onChange({ from: months[from], to: months[to] });
    }
  });
  show();
  const sliders = last > 0 && el('div', { class: 'sliders' }, handle('from', from), handle('to', to));
  return el('fieldset', { class: 'when' }, el('legend', {}, 'When'), bars, sliders, label);
}

function toBars(months, counts) {
  const step = Math.ceil(months.length / barsMax);
  const groups = [];
  for (let first = 0; first < months.length; first += step) {
    const last = Math.min(first + step, months.length) - 1;
    const sum = months.slice(first, last + 1).reduce((total, month) => total + (counts.get(month) ?? 0), 0);
    groups.push({ first, last, sum });
  }
  const highest = Math.max(...groups.map(group => group.sum), 1);
  return groups.map(group => {
    const bar = el('span', {
      'data-first': group.first,
      'data-last': group.last,
      title: `${name(months[group.first])}: ${count(group.sum, 'document', 'documents')}`,
    });
    const height = group.sum === 0 ? 0 : 12 + 88 * Math.sqrt(group.sum / highest);
    bar.append(el('i'));
    bar.firstChild.style.setProperty('height', `${height}%`);
    return bar;
  });
}

/** Every month from the first to the last that has documents or is chosen, as YYYY-MM. */
function allMonths(buckets, state) {
  const known = [...buckets.map(bucket => bucket.date.slice(0, 7)), state.from, state.to].filter(Boolean).sort();
  const months = [];
  const end = known.at(-1);
  for (let month = known[0]; month <= end && months.length < 2400; month = next(month)) {
    months.push(month);
  }
  return months;
}

function next(month) {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 7);
}

const name = month => monthName(new Date(`${month}-01T00:00:00Z`));
