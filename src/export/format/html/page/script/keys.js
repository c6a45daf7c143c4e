// Keys and mouse: the keys are those of the keymap.

const PAGE = 10;
const move = (rows, columns) => {
  const map = maps[state.view]();
  const to = (at, by, count) => clamp(Math.max(at, 0) + by, 0, count - 1);
  map.go(to(map.cursor[0], rows, map.rows.length), to(map.cursor[1], columns, map.columns.length));
};
const after = (all, one, by) => all[(all.indexOf(one) + by + all.length) % all.length];
const stepHead = by => { if (hasHeads()) state.head = state.head < 0 ? (by > 0 ? 0 : H - 1) : (state.head + by + H) % H; };
const stepLayer = by => { state.layer = clamp(state.layer + by, 0, L - 1); };
const commands = {
  left: () => move(0, -1), right: () => move(0, 1), up: () => move(-1, 0), down: () => move(1, 0),
  first: () => move(0, -Infinity), last: () => move(0, Infinity), 'page-left': () => move(0, -PAGE), 'page-right': () => move(0, PAGE),
  top: () => move(-Infinity, 0), bottom: () => move(Infinity, 0),
  'previous-head': () => stepHead(-1), 'next-head': () => stepHead(1),
  'previous-layer': () => stepLayer(-1), 'next-layer': () => stepLayer(1),
  'mean-of-heads': () => { state.head = MEAN; }, 'max-of-heads': () => { state.head = MAX; },
  'source-here': () => { state.source = state.token; }, 'source-cls': () => { state.source = 0; },
  'open-head': () => { if (state.view === 'heads') state.view = 'layers'; },
  strongest: () => {
    const row = sourceRow();
    state.token = visible().reduce((most, unit) => Math.abs(row.shares[unit]) > Math.abs(row.shares[most]) ? unit : most, visible()[0]);
  },
  'next-measure': () => { state.measure = after(measures, state.measure, 1); },
  'previous-measure': () => { state.measure = after(measures, state.measure, -1); },
  'turn-around': () => { state.direction = state.direction === 'from' ? 'to' : 'from'; },
  specials: () => { state.specials = after(SPECIALS, state.specials, 1); },
  words: () => setUnits(state.units === 'words' ? 'pieces' : 'words'),
  'show-layers': () => { state.view = 'layers'; }, 'show-heads': () => { state.view = 'heads'; }, 'show-matrix': () => { state.view = 'matrix'; },
};

const bound = data.keys.filter(([, command, , keys]) => commands[command] && keys.length);
const NAMED = {
  ArrowLeft: '←', ArrowRight: '→', ArrowUp: '↑', ArrowDown: '↓', PageUp: 'PgUp', PageDown: 'PgDn', Escape: 'Esc', ' ': 'Space',
};
function chord(event) {
  const key = NAMED[event.key] || event.key;
  const isCharacter = event.key.length === 1;
  const modifiers = [[event.ctrlKey, 'Ctrl-'], [event.altKey, 'Alt-'], [event.shiftKey && !isCharacter, 'Shift-']];
  return modifiers.filter(([is]) => is).map(([, text]) => text).join('') + key;
}
function press(key) {
  const row = [state.view, 'global'].map(context => bound.find(row => row[0] === context && row[3].includes(key))).find(Boolean);
  if (row) { commands[row[1]](); draw(); }
  return Boolean(row);
}
addEventListener('keydown', event => {
  const isOfForm = event.target instanceof HTMLSelectElement;
  if (!event.metaKey && !isOfForm && event.key !== 'Tab' && press(chord(event))) event.preventDefault();
});

const headings = {layers: say.layers, heads: say.heads, matrix: say.matrix};
for (const [view, text] of Object.entries(headings)) {
  const rows = bound.filter(([context]) => context === view || (view === 'layers' && context === 'global'));
  keyTable.append(element('tbody', {}, element('tr', {}, element('th', {colspan: '2', scope: 'rowgroup'}, text)), ...rows.map(
    ([, , description, keys]) => element('tr', {}, element('td', {}, ...keys.flatMap(key => [element('kbd', {}, key), ' '])), element('td', {}, description)))));
}

/** The row and column of the map under the mouse; -1 for the names. */
function under(event) {
  const {left, above, width, height, map} = layout;
  const box = canvas.getBoundingClientRect();
  const at = (pixel, start, size, count) => pixel < start ? -1 : Math.min(Math.floor((pixel - start) / size), count - 1);
  return [at(event.clientY - box.top, above, height, map.rows.length), at(event.clientX - box.left, left, width, map.columns.length)];
}
canvas.addEventListener('click', event => {
  const [row, column] = under(event);
  const {map} = layout;
  // The name of a column makes its token the source.
  if (row < 0 && column >= 0 && state.view !== 'heads') state.source = visible()[column];
  else map.go(row < 0 ? Math.max(map.cursor[0], 0) : row, column < 0 ? Math.max(map.cursor[1], 0) : column);
  draw();
});
canvas.addEventListener('mousemove', event => {
  const [row, column] = under(event);
  const {map} = layout;
  canvas.title = row < 0 || column < 0 ? map.columns[column] || map.rows[row] || ''
    : `${map.rows[row]} → ${map.columns[column]}: ${percent(map.value(row, column))} %`;
});
addEventListener('resize', draw);

readColors();
drawNow();
drawTable();
// For those who look at the numbers from the console.
window.clscope = {data, state, unitRow, press, draw: drawNow};
