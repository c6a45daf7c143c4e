// What measures say of a row: the numbers that the page carries, merged and counted as clscope does.

const data = JSON.parse(document.getElementById('data').textContent);
const {layers: L, heads: H, measures, units: allUnits, say} = data;
const S = data.sentences.length;
const MEAN = -1, MAX = -2;

const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
const clamp = (value, low, high) => Math.max(low, Math.min(high, value));
const range = count => [...Array(count).keys()];
const sum = row => row.reduce((all, value) => all + value, 0);

/** 16-bit steps between `low` and `high`, packed: all lower bytes, then all upper bytes; 65535 is no number. */
async function numbers({low, high, steps}) {
  const text = atob(steps);
  const packed = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) packed[i] = text.charCodeAt(i);
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
  const values = new Float32Array(bytes.length / 2);
  for (let i = 0; i < values.length; i++) {
    const step = bytes[i] | (bytes[values.length + i] << 8);
    values[i] = step === 65535 ? NaN : low + (high - low) * step / 65534;
  }
  return values;
}

const severalPieces = allUnits.words.filter(unit => unit.end - unit.first > 1);

for (const measure of measures) {
  for (const planes of [measure.heads_apart, measure.together]) {
    if (!planes) continue;
    planes.count = planes === measure.together ? 1 : H;
    if (planes.shares) planes.shares = await numbers(planes.shares);
    if (planes.words) planes.words = await numbers(planes.words);
  }
}
const weights = measures.find(measure => measure.id === 'weight');

/** What a token has of each token under a plane, and of the biases. */
function pieceRow(planes, layer, plane, token) {
  const at = (layer * planes.count + plane) * S + token;
  if (planes.lengths) {
    const row = pieceRow(weights.heads_apart, layer, plane, token).slice();
    const lengths = (layer * H + plane) * S;
    for (let i = 0; i < S; i++) row[i] *= planes.lengths[lengths + i];
    const all = sum(row);
    return all ? row.map(value => value / all) : row;
  }
  const width = planes.shares.length / (L * planes.count * S);
  return planes.shares.subarray(at * width, (at + 1) * width);
}

/** A row over tokens as one over units; behind them what no token gives. */
function inUnits(row, planes, layer, plane, token, units) {
  if (units === allUnits.pieces) return Float32Array.from(row);
  const found = Float32Array.from([...units, ...row.subarray(S)], (unit, i) => {
    if (i >= units.length) return unit;
    let all = 0;
    for (let at = unit.first; at < unit.end; at++) all += row[at];
    return all;
  });
  if (!planes.words) return found;
  const width = severalPieces.length;
  const words = planes.words.subarray(((layer * planes.count + plane) * S + token) * width).subarray(0, width);
  const isWord = i => i < units.length && units[i].end - units[i].first > 1;
  const others = found.reduce((all, value, i) => isWord(i) ? all : all + value, 0);
  const scale = others ? (1 - sum(words)) / others : 0;
  let word = 0;
  return found.map((value, i) => isWord(i) ? words[word++] : value * scale);
}

function merged(rows, head) {
  const row = Float32Array.from(rows[0]);
  for (let i = 0; i < row.length; i++) {
    let value = 0;
    for (const other of rows) value = head === MAX ? Math.max(value, other[i]) : value + other[i] / rows.length;
    row[i] = value;
  }
  return row;
}

function tokenRow(measure, layer, head, token, units) {
  const {heads_apart: apart, together} = measure;
  const one = (planes, plane) => inUnits(pieceRow(planes, layer, plane, token), planes, layer, plane, token, units);
  if (together && (head === MEAN || !apart)) return one(together, 0);
  if (head >= 0) return one(apart, head);
  const heads = range(H);
  if (together) return merged(heads.map(plane => one(apart, plane)), head);
  return inUnits(merged(heads.map(plane => pieceRow(apart, layer, plane, token)), head), apart, layer, 0, token, units);
}

/** A unit's row with all specials: the mean over its tokens. Behind the units what no token gives. */
function wholeRow(measure, layer, head, unit, units) {
  const {first, end} = units[unit];
  const rows = [];
  for (let token = first; token < end; token++) rows.push(tokenRow(measure, layer, head, token, units));
  return rows.length > 1 ? merged(rows, MEAN) : rows[0];
}

/** Takes the specials out of a row; how much of it that was. */
function hide(row, units) {
  const all = sum(row);
  let hidden = 0;
  units.forEach((unit, i) => { if (unit.special) { hidden += row[i]; row[i] = 0; } });
  return all > 0 ? hidden / all : 0;
}

/** What a unit has of the others, or they of it: shares by unit, what no token gives, the share that is hidden. */
function unitRow(measure, layer, head, unit, options) {
  const {units, specials, direction} = options;
  const scaled = specials === 'renormalize';
  const whole = source => wholeRow(measure, layer, head, source, units);
  if (direction === 'from') {
    const row = whole(unit);
    const biases = row.length > units.length ? row[units.length] : null;
    const hidden = specials === 'show' ? 0 : hide(row, units);
    const shares = row.subarray(0, units.length);
    const left = sum(shares);
    return {shares: scaled && left > 0 ? shares.map(share => share / left) : shares, biases, hidden};
  }
  const shares = Float32Array.from(units, (_, source) => {
    const row = whole(source);
    const share = row[unit];
    if (!scaled || units[unit].special) return share;
    hide(row, units);
    const left = sum(row.subarray(0, units.length));
    return left > 0 ? share / left : share;
  });
  return {shares, biases: null, hidden: specials === 'show' ? 0 : hide(shares, units)};
}
