// What is chosen, and the heat map that follows from it.

const measureOf = id => measures.find(measure => measure.id === id);
const state = {
  view: 'layers', measure: measureOf(data.start.measure), layer: data.start.layer, head: data.start.head,
  source: 0, token: 0, direction: data.start.direction, units: data.start.units, specials: data.start.specials,
};
const SPECIALS = ['show', 'hide', 'renormalize'];
const units = () => allUnits[state.units];
const unitOf = token => Math.max(0, units().findIndex(unit => token < unit.end));
const visible = () => {
  const shown = [...units().keys()].filter(unit => state.specials === 'show' || !units()[unit].special);
  return shown.length ? shown : [...units().keys()];
};
state.source = unitOf(data.start.source);
state.token = unitOf(data.start.token);

const hasHeads = () => state.measure.heads.length > 1;
const headName = head => state.measure.heads[hasHeads() ? (head === MEAN ? 0 : head === MAX ? 1 : head + 2) : 0];
const options = () => ({units: units(), specials: state.specials, direction: state.direction});
const name = unit => units()[unit].text;
const who = () => fill(state.direction === 'from' ? state.measure.from : state.measure.to, {token: name(state.source)});
const percent = value => Number.isFinite(value) ? (value * 100).toFixed(2).replace(/^-(0\.?0*)$/, '$1') : '–';

let kept = {};
/** What is worked out, until a choice changes that it rests on. */
function keep(key, make) {
  if (!(key in kept)) kept[key] = make();
  return kept[key];
}
const place = () => [state.measure.id, state.head, state.direction, state.units, state.specials].join();
const layerRow = (layer, source = state.source) => keep(`${place()} ${layer} ${source}`,
  () => unitRow(state.measure, layer, state.head, source, options()));
const matrixRow = source => keep(`${place()} ${state.layer} ${source} from`,
  () => unitRow(state.measure, state.layer, state.head, source, {...options(), direction: 'from'}));
/** The row of the source, as the view shows it. */
const sourceRow = () => state.view === 'matrix' ? matrixRow(state.source) : layerRow(state.layer);
const headShare = (layer, head) => keep(`${place()} ${layer} ${head} ${state.source} ${state.token} head`,
  () => unitRow(state.measure, layer, head, state.source, options()).shares[state.token]);

const layerNames = range(L).map(layer => String(layer + 1));

/** The heat map of a view: rows and columns with names, a share of each cell, and where the cursor is. */
const maps = {
  layers: () => {
    const shown = visible();
    return {
      rows: layerNames, columns: shown.map(name),
      value: (row, column) => layerRow(row).shares[shown[column]],
      cursor: [state.layer, shown.indexOf(state.token)],
      go: (row, column) => { state.layer = row; state.token = shown[column]; },
    };
  },
  heads: () => ({
    rows: layerNames,
    columns: hasHeads() ? range(H).map(head => String(head + 1)) : ['·'],
    value: (row, column) => headShare(row, hasHeads() ? column : MEAN),
    cursor: [state.layer, state.head],
    go: (row, column) => { state.layer = row; if (hasHeads()) state.head = column; },
  }),
  matrix: () => {
    const shown = visible();
    return {
      rows: shown.map(name), columns: shown.map(name),
      value: (row, column) => matrixRow(shown[row]).shares[shown[column]],
      cursor: [shown.indexOf(state.source), shown.indexOf(state.token)],
      go: (row, column) => { state.source = shown[row]; state.token = shown[column]; },
    };
  },
};
