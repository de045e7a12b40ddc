import { get } from './api.js';
import { without } from './state.js';

export const pageSize = 20;

/** One page of results. Also asks what each filter in use would offer without itself, so that its choices stay. */
export async function search(state, start, signal) {
  const parameters = { ...parametersOf(state), start, limit: pageSize, render_templates: 1 };
  const others = start > 0 ? [] : ['what', 'where', 'when'].filter(name => uses(state, name));
  const [page, ...facets] = await Promise.all([
    get(pathOf(state), parameters, signal),
    ...others.map(name => get(pathOf(state), { ...parametersOf(without(state, name)), limit: 0 }, signal)),
  ]);
  others.forEach((name, index) => {
    const key = { what: 'document_types', where: 'providers', when: 'creation_dates' }[name];
    page.facets[key] = facets[index].facets[key];
  });
  return page;
}

/** A document in full, with the words of the search marked. */
export const open = (id, q, signal) => get(`/documents/${id}`, { search: q, render_templates: 1 }, signal);

/** The query that also finds words which begin like its last one; null when its last word is no plain word. */
export function asPrefix(q) {
  return /(^|[\s(])[\p{L}\p{N}]{2,}$/u.test(q) && !/(^|\s)(AND|OR|NOT)$/i.test(q) && !(q.split('"').length % 2 === 0)
    ? `${q}*`
    : null;
}

const pathOf = state => state.similar ? `/documents/${state.similar}/similar` : '/documents';

const uses = (state, name) => name === 'when' ? Boolean(state.from || state.to) : state[name].length > 0;

function parametersOf(state) {
  return {
    search: state.q,
    document_type: state.what,
    provider: state.where,
    after: state.from && `${state.from}-01`,
    before: state.to && firstOfNextMonth(state.to),
    sort: state.similar ? null : state.sort || (state.q ? '_score' : '-modificationDate'),
  };
}

function firstOfNextMonth(month) {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 1)).toISOString().slice(0, 10);
}
