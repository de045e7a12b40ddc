const monthPattern = /^\d{4}-\d{2}$/;

/** What is being searched, as the address says it. */
export function readState() {
  const query = new URLSearchParams(location.search);
  const month = name => monthPattern.test(query.get(name) ?? '') ? query.get(name) : null;
  return {
    q: query.get('q') ?? '',
    what: query.getAll('what'),
    where: query.getAll('where'),
    from: month('from'),
    to: month('to'),
    sort: query.get('sort') ?? '',
    similar: /^[0-9a-f]{24}$/i.test(query.get('similar_to') ?? '') ? query.get('similar_to') : null,
    doc: query.get('doc'),
  };
}

/** The address of a state. */
export function toAddress(state) {
  const query = new URLSearchParams();
  for (const name of ['q', 'similar', 'what', 'where', 'from', 'to', 'sort', 'doc']) {
    for (const value of [state[name]].flat()) {
      if (value) {
        query.append(name === 'similar' ? 'similar_to' : name, value);
      }
    }
  }
  return query.size ? `/app?${query}` : '/app';
}

/** True when something narrows the search beside its words. */
export const isFiltered = state => state.what.length + state.where.length > 0 || Boolean(state.from || state.to || state.similar);

/** The state without a filter: 'what', 'where' or 'when'; without any, 'similar' included, when none is named. */
export function without(state, filter) {
  const is = name => filter === undefined || filter === name;
  return {
    ...state,
    what: is('what') ? [] : state.what,
    where: is('where') ? [] : state.where,
    from: is('when') ? null : state.from,
    to: is('when') ? null : state.to,
    similar: filter === undefined ? null : state.similar,
  };
}
