// The parts of the page, and how they are drawn.

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith('on')) made.addEventListener(key.slice(2), value);
    else made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const main = document.querySelector('main');
const form = element('form', {onsubmit: event => event.preventDefault()});
const heading = element('h2', {dir: 'auto'});
const sentences = [...new Set(data.sentences)].map(() => element('p', {class: 'sentence', dir: 'auto'}));
const status = element('p', {role: 'status', 'aria-live': 'polite', id: 'status', dir: 'auto'});
const canvas = element('canvas', {tabindex: '0', role: 'application', 'aria-label': say.map, 'aria-describedby': 'status'});
const frame = element('div', {class: 'map'}, canvas);
const legend = element('p', {class: 'legend'});
const table = element('table');
const keyTable = element('table', {class: 'keys'});
const probes = element('p', {class: 'probes', 'aria-hidden': 'true'});
main.append(form, heading, ...sentences, status, frame, legend, element('div', {class: 'scroll'}, table),
  element('details', {}, element('summary', {}, say.keys), keyTable), element('footer', {}, say.precision), probes);

/** The choices of the form: the name of each, what there is, what is chosen, and what choosing does. */
const choices = {
  view: {all: () => Object.keys(maps).map(view => [view, say[view]]), is: () => state.view, set: view => { state.view = view; }},
  measure: {
    all: () => measures.map(measure => [measure.id, measure.id]), is: () => state.measure.id,
    set: id => { state.measure = measureOf(id); },
  },
  layer: {
    all: () => range(L).map(layer => [layer, layer + 1]), is: () => state.layer,
    set: layer => { state.layer = Number(layer); },
  },
  head: {
    all: () => state.measure.heads.map((label, i) => [i < 2 ? -1 - i : i - 2, label]),
    is: () => hasHeads() ? state.head : MEAN, set: head => { state.head = Number(head); },
  },
  source: {all: unitChoices, is: () => state.source, set: unit => { state.source = Number(unit); }},
  token: {all: unitChoices, is: () => state.token, set: unit => { state.token = Number(unit); }},
  direction: {
    all: () => ['from', 'to'].map(id => [id, say['direction-' + id]]), is: () => state.direction,
    set: direction => { state.direction = direction; },
  },
  units: {all: () => ['pieces', 'words'].map(id => [id, say['units-' + id]]), is: () => state.units, set: setUnits},
  specials: {
    all: () => SPECIALS.map(id => [id, say['specials-' + id]]), is: () => state.specials,
    set: specials => { state.specials = specials; },
  },
};
function unitChoices() {
  return units().map((unit, i) => [i, `${unit.first} ${unit.text}`]);
}
function setUnits(id) {
  const [source, token] = [units()[state.source].first, units()[state.token].first];
  state.units = id;
  [state.source, state.token] = [unitOf(source), unitOf(token)];
}

// Whoever chose with the mouse goes on with the keys of the map.
let byMouse = false;
addEventListener('pointerdown', () => { byMouse = true; }, true);
addEventListener('keydown', () => { byMouse = false; }, true);
for (const [id, choice] of Object.entries(choices)) {
  choice.select = element('select', {onchange: () => {
    choice.set(choice.select.value);
    draw();
    if (byMouse) canvas.focus({preventScroll: true});
  }});
  form.append(element('label', {}, say[id], choice.select));
}

function drawForm() {
  for (const choice of Object.values(choices)) {
    const all = choice.all();
    const texts = JSON.stringify(all);
    if (choice.texts !== texts) choice.select.replaceChildren(...all.map(([value, text]) => element('option', {value}, String(text))));
    choice.texts = texts;
    choice.select.value = String(choice.is());
  }
  choices.head.select.disabled = !hasHeads();
  choices.measure.select.title = state.measure.says;
}

// Colours are those of the style sheet, which knows light and dark.
const STEPS = 64;
let colors;
function readColors() {
  if (!probes.firstChild) {
    for (const letter of 'sd') for (let step = 0; step <= STEPS; step++) probes.append(element('i', {class: letter + step}));
  }
  colors = {};
  for (const probe of probes.children) {
    const {backgroundColor, color} = getComputedStyle(probe);
    colors[probe.className] = [backgroundColor, color];
  }
  const page = getComputedStyle(document.body);
  Object.assign(colors, {ink: page.color, paper: page.backgroundColor, accent: page.getPropertyValue('--accent')});
}
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => { readColors(); draw(); });
// On paper they are the light ones.
matchMedia('print').addEventListener('change', () => { readColors(); drawNow(); });

/** The class of a share's colour, which grows with its square root; of a signed measure on a scale to both sides. */
function heat(value, top) {
  const share = top > 0 && Number.isFinite(value) ? Math.sqrt(clamp(Math.abs(value) / top, 0, 1)) : 0;
  return state.measure.signed ? 'd' + Math.round((1 + Math.sign(value || 0) * share) / 2 * STEPS) : 's' + Math.round(share * STEPS);
}

function drawSentences(top) {
  const row = layerRow(state.layer).shares;
  sentences.forEach(part => part.replaceChildren());
  units().forEach((unit, i) => {
    const choose = () => { state.source = i; draw(); };
    const hidden = state.specials !== 'show' && unit.special;
    sentences[Math.min(data.sentences[unit.first], sentences.length - 1)].append(element('button', {
      type: 'button', tabindex: '-1', onclick: choose, dir: 'auto',
      class: (hidden ? '' : heat(row[i], top)) + (i === state.source ? ' source' : ''), title: hidden ? '' : percent(row[i]) + ' %',
    }, unit.text));
  });
}

const FONT = '12px system-ui, sans-serif', SHORT = 18;
let layout;
function drawMap(map, top) {
  const context = canvas.getContext('2d');
  context.font = FONT;
  const short = text => [...text].length > SHORT ? [...text].slice(0, SHORT - 1).join('') + '…' : text;
  const widest = texts => Math.ceil(texts.reduce((most, text) => Math.max(most, context.measureText(short(text)).width), 0));
  const left = widest(map.rows) + 12, room = (frame.clientWidth || 800) - left - 2;
  const upright = widest(map.columns) + 8 > Math.max(room / map.columns.length, 16);
  const above = (upright ? widest(map.columns) : 14) + 10;
  const width = Math.floor(clamp(room / map.columns.length, map.columns.length > 256 ? 8 : 14, 64));
  const height = map.rows.length > 40 ? clamp(width, 8, 18) : 24;
  const density = Math.min(devicePixelRatio || 1, 16000 / (left + width * map.columns.length), 16000 / (above + height * map.rows.length));
  canvas.width = Math.ceil((left + width * map.columns.length) * density);
  canvas.height = Math.ceil((above + height * map.rows.length) * density);
  canvas.style.width = canvas.width / density + 'px';
  canvas.style.height = canvas.height / density + 'px';
  context.scale(density, density);
  context.font = FONT;
  context.textBaseline = 'middle';
  layout = {left, above, width, height, map};
  const [cursorRow, cursorColumn] = map.cursor;
  const step = (size, count, wanted) => size >= wanted ? 1 : Math.ceil(wanted / size);
  map.rows.forEach((text, row) => {
    if (row % step(height, map.rows.length, 12) && row !== cursorRow) return;
    context.fillStyle = row === cursorRow ? colors.accent : colors.ink;
    context.textAlign = 'right';
    context.fillText(short(text), left - 6, above + (row + .5) * height);
  });
  map.columns.forEach((text, column) => {
    if (column % step(width, map.columns.length, 12) && column !== cursorColumn) return;
    context.fillStyle = column === cursorColumn ? colors.accent : colors.ink;
    context.save();
    context.translate(left + (column + .5) * width, above - 6);
    if (upright) context.rotate(-Math.PI / 2);
    context.textAlign = upright ? 'left' : 'center';
    context.fillText(short(text), 0, upright ? 0 : -6);
    context.restore();
  });
  context.textAlign = 'center';
  const decimals = width >= 36 ? 1 : width >= 24 ? 0 : null;
  for (let row = 0; row < map.rows.length; row++) {
    for (let column = 0; column < map.columns.length; column++) {
      const value = map.value(row, column);
      const [background, ink] = colors[heat(value, top)];
      context.fillStyle = background;
      context.fillRect(left + column * width, above + row * height, width - (width > 10 ? 1 : 0), height - (height > 10 ? 1 : 0));
      if (decimals === null || height < 14) continue;
      context.fillStyle = ink;
      const text = !Number.isFinite(value) ? '–' : Math.abs(value) < .0005 ? '·' : (value * 100).toFixed(decimals);
      context.fillText(text, left + (column + .5) * width, above + (row + .5) * height);
    }
  }
  if (cursorRow >= 0 && cursorColumn >= 0) {
    context.strokeStyle = colors.accent;
    context.lineWidth = 3;
    context.strokeRect(left + cursorColumn * width + 1, above + cursorRow * height + 1, width - 3, height - 3);
    scrollTo(left + cursorColumn * width, above + cursorRow * height, width, height, left, above);
  }
}

/** Brings a cell into the part of the map that is seen. */
function scrollTo(x, y, width, height, left, above) {
  if (x - left < frame.scrollLeft) frame.scrollLeft = x - left;
  if (x + width > frame.scrollLeft + frame.clientWidth) frame.scrollLeft = x + width - frame.clientWidth;
  if (y - above < frame.scrollTop) frame.scrollTop = y - above;
  if (y + height > frame.scrollTop + frame.clientHeight) frame.scrollTop = y + height - frame.clientHeight;
}

function drawLegend(top) {
  legend.replaceChildren();
  for (let quarter = 0; quarter <= 4; quarter++) {
    const at = eighth => {
      const part = state.measure.signed ? eighth / 4 - 1 : eighth / 8;
      return Math.sign(part) * part * part * top;
    };
    legend.append((at(quarter * 2) * 100).toFixed(1));
    if (quarter < 4) legend.append(element('i', {class: heat(at(quarter * 2 + 1), top)}));
  }
  legend.append('\u00a0%');
}

/** The numbers of all layers, for those who read them rather than look. */
function drawTable() {
  const head = element('tr', {}, element('th', {scope: 'col'}, say.unit));
  for (let layer = 0; layer < L; layer++) head.append(element('th', {scope: 'col'}, fill(say.row, {layer: layer + 1})));
  const rows = visible().map(unit => element('tr', {},
    element('th', {scope: 'row', dir: 'auto'}, `${units()[unit].first} ${name(unit)}`),
    ...range(L).map(layer => element('td', {}, percent(layerRow(layer).shares[unit])))));
  const biases = range(L).map(layer => layerRow(layer).biases);
  if (biases.some(share => share !== null)) {
    rows.push(element('tr', {}, element('th', {scope: 'row'}, say.biases), ...biases.map(share => element('td', {}, percent(share)))));
  }
  const caption = element('caption', {dir: 'auto'}, fill(say.caption, {who: who(), heads: headName(state.head)}));
  table.replaceChildren(caption, element('thead', {}, head), element('tbody', {}, ...rows));
}

function title() {
  const [layer, heads] = [state.layer + 1, headName(state.head)];
  if (state.view === 'heads') return fill(say.pair, ends());
  if (state.view === 'layers') return fill(say.title, {who: who(), layer, heads});
  return fill(state.measure.id === 'weight' ? say.whole : say.takes, {measure: state.measure.id, layer, heads});
}
function ends() {
  const isFrom = state.view === 'matrix' || state.direction === 'from';
  const [from, to] = isFrom ? [state.source, state.token] : [state.token, state.source];
  return {from: name(from), to: name(to)};
}
function drawStatus() {
  const row = sourceRow();
  const parts = [fill(say.cell, {
    ...ends(), share: percent(row.shares[state.token]), layer: state.layer + 1, heads: headName(state.head),
  })];
  if (row.biases !== null) parts.push(`${say.biases} ${percent(row.biases)} %`);
  if (row.hidden > 0) parts.push(fill(say.hidden, {share: percent(row.hidden)}));
  status.textContent = parts.join('; ');
}

let later, asked = false;
/** Draws what has changed, once for all that happens before the next frame; the table when there is time. */
function draw() {
  clearTimeout(later);
  later = setTimeout(drawTable, 150);
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; drawNow(); });
}
function drawNow() {
  const shown = visible();
  // A hidden token is still a source, but no row of the matrix.
  if (!shown.includes(state.source) && state.direction === 'from' && state.view === 'matrix') state.source = shown[0];
  if (!shown.includes(state.token)) state.token = shown[0];
  if (Object.keys(kept).length > 4096) kept = {};
  const map = maps[state.view]();
  let top = 0;
  for (let row = 0; row < map.rows.length; row++) {
    for (let column = 0; column < map.columns.length; column++) {
      const size = Math.abs(map.value(row, column));
      if (size > top) top = size;
    }
  }
  drawForm();
  heading.textContent = title();
  drawSentences(top);
  drawMap(map, top);
  drawLegend(top);
  drawStatus();
}
