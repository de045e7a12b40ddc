// Shows /openapi/v1.json. Builds elements and sets texts only: nothing of the document is ever taken for markup.

const verbs = ['get', 'post', 'patch', 'delete']
const main = document.getElementById('main')
const contents = document.getElementById('contents')
const find = document.getElementById('find')
const token = document.getElementById('token')
const spec = await (await fetch('/openapi/v1.json')).json()

function el(name, attributes = {}, ...children) {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === true) element.setAttribute(key, '')
    else if (value !== false && value != null) element.setAttribute(key, value)
  }
  element.append(...children.flat().filter(child => child != null))
  return element
}

// The little of Markdown that the descriptions use: `code`, **bold**, paragraphs.
function inline(text) {
  return text.split(/(`[^`]+`|\*\*[^*]+\*\*)/).map(part =>
    part.startsWith('`') && part.length > 1 ? el('code', {}, part.slice(1, -1))
      : part.startsWith('**') ? el('strong', {}, part.slice(2, -2))
        : part)
}

const paragraphs = text => text.split(/\n\s*\n/).map(part => el('p', {}, inline(part.trim())))
const resolve = node => node?.$ref ? node.$ref.slice(2).split('/').reduce((at, key) => at[key], spec) : node
const nameOf = schema => schema?.$ref?.split('/').pop()
const pretty = value => el('pre', { tabindex: 0 }, el('code', {}, JSON.stringify(value, null, 2)))

function typeOf(schema) {
  if (!schema) return ''
  if (schema.$ref) return nameOf(schema)
  if (schema.anyOf) return schema.anyOf.map(typeOf).join(' or ')
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum) return schema.enum.join(', ')
  const type = [schema.type].flat().filter(Boolean).join(' or ') || 'anything'
  const list = schema.items ? `list of ${typeOf(schema.items)}` : type
  return list + (schema.type?.includes?.('null') && schema.items ? ' or null' : '')
    + (schema.default !== undefined ? `, ${schema.default} when absent` : '')
}

// Named schemas unfold where they are used, each when it is opened: they may hold themselves.
function schemaView(schema, title, isOpen = false) {
  const view = el('details', { class: 'schema', open: isOpen }, el('summary', {}, title ?? typeOf(schema)))
  const fill = () => {
    if (view.childElementCount > 1) return
    const shape = resolve(schema)
    if (shape.description) view.append(el('p', { class: 'muted' }, inline(shape.description)))
    const rows = Object.entries(shape.properties ?? {}).map(([name, value]) => el('tr', {},
      el('td', {}, el('code', {}, name), shape.required?.includes(name) ? null : el('span', { class: 'type' }, 'optional')),
      el('td', {}, value.description ? inline(value.description) : null,
        el('span', { class: 'type' }, typeOf(value)), inner(value))))
    if (rows.length) view.append(el('table', {}, el('tbody', {}, rows)))
  }
  view.addEventListener('toggle', () => view.open && fill())
  if (isOpen) fill()
  return view
}

function inner(schema) {
  const found = [schema, schema.items, ...(schema.anyOf ?? [])].find(s => s?.$ref && resolve(s).properties)
  return found ? schemaView(found, `What ${nameOf(found)} holds`) : null
}

function section(title, ...children) {
  return el('section', {}, el('h4', {}, title), children)
}

function facts(operation) {
  const schemes = operation.security.flatMap(need => Object.keys(need))
  const isOptional = operation.security.some(need => Object.keys(need).length === 0)
  const kinds = [
    schemes.includes('basic') && 'e-mail and password',
    schemes.includes('bearer') && 'token',
    schemes.includes('session') && 'session in a browser',
  ].filter(Boolean).join(' or ')
  const items = [kinds ? (isOptional ? `credentials not needed` : kinds) : 'no credentials']
  if (operation['x-anyfetch-scope']) items.push(`scope ${operation['x-anyfetch-scope']}`)
  if (operation['x-anyfetch-admin']) items.push('administrators only')
  return el('ul', { class: 'facts' }, items.map(item => el('li', {}, item)))
}

function parameterTable(parameters) {
  return el('table', {}, el('tbody', {}, parameters.map(parameter => el('tr', {},
    el('td', {}, el('code', {}, parameter.name),
      parameter.required ? el('span', { class: 'needed' }, ' needed') : null,
      el('span', { class: 'type' }, parameter.in === 'path' ? 'in the path' : typeOf(parameter.schema))),
    el('td', {}, inline(parameter.description ?? ''),
      el('span', { class: 'type' }, 'For example ', el('code', {}, String([parameter.example].flat()[0]))))))))
}

function answer(status, response) {
  const [type, media] = Object.entries(response.content ?? {})[0] ?? []
  const isError = nameOf(media?.schema) === 'Error'
  const schema = media?.schema?.items ?? media?.schema
  return el('tr', {},
    el('td', {}, el('code', {}, status), isError ? null : el('span', { class: 'type' }, type ?? 'no body')),
    el('td', { class: isError ? 'errors' : null },
      response.description.split('\n').map(line => el('p', {}, inline(line))),
      !isError && schema && resolve(schema).properties ? schemaView(schema, `What ${nameOf(schema) ?? 'it'} holds`) : null,
      !isError && media?.example !== undefined ? example(media.example) : null))
}

function example(value) {
  const view = el('details', { class: 'schema' }, el('summary', {}, 'An example'))
  view.addEventListener('toggle', () => view.childElementCount === 1 && view.append(pretty(value)), { once: true })
  return view
}

function tryForm(path, method, operation, parameters) {
  const media = operation.requestBody?.content?.['application/json']
  const fields = parameters.filter(p => !p.name.includes('<')).map(parameter => {
    const input = el('input', { name: parameter.name, 'data-in': parameter.in, spellcheck: 'false',
      placeholder: parameter.required ? String([parameter.example].flat()[0]) : '' })
    return el('label', {}, el('span', {}, parameter.name), input)
  })
  const body = media ? el('textarea', { name: ' body', spellcheck: 'false' }, JSON.stringify(media.example, null, 2)) : null
  const button = el('button', { type: 'submit' }, `Send ${method.toUpperCase()}`)
  const output = el('div', { 'aria-live': 'polite' })
  const form = el('form', { class: 'try' }, fields, body ? el('label', {}, el('span', {}, 'Body'), body) : null, button, output)
  form.addEventListener('submit', async event => {
    event.preventDefault()
    button.disabled = true
    try {
      await send(path, method, form, body, output)
    } catch (problem) {
      output.replaceChildren(el('p', { class: 'needed' }, `The request failed: ${problem.message}`))
    } finally {
      button.disabled = false
    }
  })
  return form
}

async function send(path, method, form, body, output) {
  let address = path
  const query = new URLSearchParams()
  for (const input of form.querySelectorAll('input')) {
    if (input.dataset.in === 'path') address = address.replace(`{${input.name}}`, encodeURIComponent(input.value || input.placeholder))
    else if (input.value) query.append(input.name, input.value)
  }
  if (query.size) address += `?${query}`
  const headers = {}
  if (token.value) headers.Authorization = `Bearer ${token.value}`
  if (body?.value.trim()) headers['Content-Type'] = 'application/json'
  const response = await fetch(address, { method: method.toUpperCase(), headers, body: body?.value.trim() || undefined, credentials: 'omit' })
  const type = response.headers.get('Content-Type') ?? ''
  const shown = type.includes('json') ? pretty(await response.json())
    : type.startsWith('text/') ? el('pre', { tabindex: 0 }, el('code', {}, await response.text()))
      : el('p', { class: 'muted' }, type ? `${(await response.blob()).size} bytes of ${type}` : 'No body.')
  output.replaceChildren(el('p', {}, el('code', {}, String(response.status)), ` ${address}`), shown)
}

function operationView(path, method, operation) {
  const view = el('details', { class: 'operation', id: operation.operationId },
    el('summary', {},
      el('span', { class: `method ${method}` }, method.toUpperCase()),
      el('span', { class: 'path' }, path),
      el('span', { class: 'what' }, operation.summary)))
  view.dataset.text = `${method} ${path} ${operation.summary} ${operation.operationId}`.toLowerCase()
  view.addEventListener('toggle', () => {
    if (!view.open || view.childElementCount > 1) return
    const parameters = (operation.parameters ?? []).map(resolve)
    const media = operation.requestBody?.content
    const first = media && Object.values(media)[0]
    const isPage = operation.security.some(need => need.session) || Object.keys(operation.responses['200']?.content ?? {})[0] === 'text/html'
    view.append(el('div', { class: 'body' },
      operation.description ? el('div', {}, paragraphs(operation.description)) : null,
      facts(operation),
      parameters.length ? section('Parameters', parameterTable(parameters)) : null,
      first ? section(`Body: ${Object.keys(media).join(', ')}`, schemaView(first.schema, nameOf(first.schema), true), example(first.example)) : null,
      section('Answers', el('table', {}, el('tbody', {}, Object.entries(operation.responses).map(([status, response]) => answer(status, resolve(response)))))),
      isPage || (media && !media['application/json']) ? null : section('Try it', tryForm(path, method, operation, parameters))))
  })
  return view
}

// The forms of one endpoint share a summary; in the list of contents they must be told apart.
function titleOf(path, operation) {
  return operation.summary
    + (path.includes('/identifier/{') ? ', by identifier' : '')
    + (operation.operationId.endsWith('WithPost') ? ', by POST' : '')
}

function render() {
  const byTag = new Map(spec.tags.map(tag => [tag.name, { tag, operations: [] }]))
  for (const [path, item] of Object.entries(spec.paths)) {
    for (const method of verbs.filter(verb => item[verb])) {
      byTag.get(item[method].tags[0]).operations.push([path, method, item[method]])
    }
  }
  main.replaceChildren(el('h1', {}, 'The AnyFetch API'), el('div', { class: 'guide' }, paragraphs(spec.info.description)))
  for (const { tag, operations } of byTag.values()) {
    contents.append(el('h2', {}, tag.name), el('ul', {}, operations.map(([path, , operation]) =>
      el('li', {}, el('a', { href: `#${operation.operationId}` }, titleOf(path, operation))))))
    main.append(el('section', { class: 'group' }, el('h2', {}, tag.name), el('p', { class: 'muted' }, tag.description),
      operations.map(([path, method, operation]) => operationView(path, method, operation))))
  }
}

function filter() {
  const words = find.value.toLowerCase().split(/\s+/).filter(Boolean)
  for (const view of main.querySelectorAll('.operation')) {
    view.hidden = !words.every(word => view.dataset.text.includes(word))
    contents.querySelector(`a[href="#${view.id}"]`).parentElement.hidden = view.hidden
  }
  for (const group of main.querySelectorAll('.group')) group.hidden = !group.querySelector('.operation:not([hidden])')
  for (const list of contents.querySelectorAll('ul')) {
    list.previousElementSibling.hidden = !list.querySelector('li:not([hidden])')
  }
}

function openTarget() {
  const view = document.getElementById(location.hash.slice(1))
  for (const link of contents.querySelectorAll('[aria-current]')) link.removeAttribute('aria-current')
  if (!view?.matches('.operation')) return
  view.open = true
  view.scrollIntoView()
  view.firstElementChild.focus({ preventScroll: true })
  contents.querySelector(`a[href="#${view.id}"]`).setAttribute('aria-current', 'true')
}

render()
openTarget()
find.addEventListener('input', filter)
addEventListener('hashchange', openTarget)
addEventListener('keydown', event => {
  if (event.key === '/' && !event.target.closest('input, textarea')) {
    event.preventDefault()
    find.focus()
  } else if (event.key === 'Escape' && event.target === find) {
    find.value = ''
    filter()
  }
})
