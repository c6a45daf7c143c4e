// Tries the page of `clscope attention --view all` in a real browser: its numbers against those of the command, its keys, how
// long a key takes, and pictures in light and dark, wide and narrow. By hand:
//
//     npm install --prefix /tmp/browser playwright-core
//     NODE_PATH=/tmp/browser/node_modules node scripts/page.mjs CLSCOPE PICTURES [OPTION...] TEXT
//
// CLSCOPE is the program, PICTURES a directory; CHROMIUM names the browser if it is not /usr/bin/chromium.
import assert from 'node:assert/strict';
import {execFileSync} from 'node:child_process';
import {createRequire} from 'node:module';
import {statSync} from 'node:fs';
import {pathToFileURL} from 'node:url';

// Of the folder that NODE_PATH names, which imports do not look into.
const {chromium} = createRequire(`${process.env.NODE_PATH}/`)('playwright-core');
const [program, pictures, ...rest] = process.argv.slice(2);
const [more, text] = [rest.slice(0, -1), rest.at(-1)];
const attention = (...options) => execFileSync(program, ['attention', ...more, ...options, '--', text], {maxBuffer: 1 << 30, stdio: ['ignore', 'pipe', 'ignore']});

const path = `${pictures}/page.html`;
attention('--view', 'all', '--measures', 'all', '--output', path);
console.log('page', (statSync(path).size / 1e6).toFixed(2), 'MB');

const browser = await chromium.launch({executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox']});
const faults = [];
async function open(options) {
  const page = await browser.newPage(options);
  page.on('console', message => { if (message.type() === 'error') faults.push(message.text()); });
  page.on('pageerror', error => faults.push(String(error)));
  page.on('dialog', dialog => { faults.push(`dialog ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', request => { if (!/^(file|data|blob):/.test(request.url())) faults.push(request.url()); });
  await page.goto(pathToFileURL(path).href);
  await page.waitForFunction(() => window.clscope);
  return page;
}

const page = await open({viewport: {width: 1280, height: 900}});
const facts = await page.evaluate(() => {
  const {data} = clscope;
  return {
    layers: data.layers, heads: data.heads, units: data.units,
    measures: data.measures.map(measure => ({id: measure.id, heads: measure.heads.length})),
  };
});

// The numbers, in every measure, choice of heads, unit, direction and handling of specials.
let compared = 0, worst = 0;
for (const measure of facts.measures) {
  for (const units of ['pieces', 'words']) {
    for (const specials of ['show', 'hide', 'renormalize']) {
      for (const direction of ['from', 'to']) {
        for (const head of measure.heads > 1 ? ['mean', 'max', '2'] : ['mean']) {
          const unit = Math.min(2, facts.units[units].length - 1);
          const {first} = facts.units[units][unit];
          const options = ['--measure', measure.id, '--units', units, '--specials', specials, `--${direction}`, first, '--head', head];
          const {tables: [{rows}]} = JSON.parse(attention('--format', 'json', ...options));
          const shown = await page.evaluate(({measure, units, specials, direction, head, unit}) => {
            const {data, unitRow} = clscope;
            const found = data.measures.find(one => one.id === measure.id);
            const all = data.units[units];
            const choice = {mean: -1, max: -2}[head] ?? Number(head) - 1;
            const columns = [...all.keys()].filter(i => specials === 'show' || !all[i].special);
            return [...Array(data.layers).keys()].map(layer => {
              const row = unitRow(found, layer, choice, unit, {units: all, specials, direction});
              return (columns.length ? columns : [...all.keys()]).map(i => row.shares[i]);
            });
          }, {measure, units, specials, direction, head, unit});
          rows.forEach((row, layer) => {
            const numbers = row.shares ?? row.weights;
            assert.equal(numbers.length, shown[layer].length);
            numbers.forEach((number, i) => {
              const error = Math.abs((number ?? NaN) - shown[layer][i]);
              assert.ok(!(error > 2e-3), `${options.join(' ')} layer ${layer + 1} column ${i}: ${number} and ${shown[layer][i]}`);
              worst = Math.max(worst, error || 0);
              compared++;
            });
          });
        }
      }
    }
  }
}
console.log('compared', compared, 'numbers; the worst is off by', worst.toExponential(1));

// The keys of a screen of 80 columns.
const state = () => page.evaluate(() => ({...clscope.state, measure: clscope.state.measure.id}));
const press = async (...keys) => { for (const key of keys) await page.keyboard.press(key); return state(); };
await page.focus('canvas');
const {layers: L, heads: H} = facts;
assert.equal((await press('g')).layer, 0);
assert.equal((await press('G')).layer, L - 1);
assert.equal((await press('k')).layer, Math.max(L - 2, 0));
assert.equal((await press('Home', 'ArrowRight', 'l')).token, 2);
assert.equal((await press('s')).source, 2);
assert.equal((await press(']')).head, 0);
assert.equal((await press('[')).head, H - 1);
assert.equal((await press('x')).head, -2);
assert.equal((await press('a')).head, -1);
assert.equal((await press('f')).measure, facts.measures[1].id);
assert.equal((await press('F')).measure, 'weight');
assert.equal((await press('d')).direction, 'to');
assert.equal((await press('d', 'w')).units, 'words');
assert.equal((await press('w', 'z')).specials, 'hide');
assert.equal((await press('z', 'z')).specials, 'show');
assert.equal((await press('F4')).view, 'matrix');
assert.equal((await press('{')).layer, Math.max(L - 3, 0));
assert.equal((await press('F3')).view, 'heads');
assert.equal((await press('Home', 'l')).head, 1);
assert.equal((await press('Enter')).view, 'layers');
assert.equal((await press('c', 'a')).source, 0);
// A key of the form is the form's.
await page.focus('select');
assert.equal((await press('g')).view, 'layers');

// How long a key takes, in every view.
await page.focus('canvas');
for (const view of ['F2', 'F3', 'F4']) {
  await press(view);
  const times = await page.evaluate(() => ['l', 'j', ']', 'f', 'd', 'F', 'd', 'a'].map(key => {
    const begun = performance.now();
    clscope.press(key);
    clscope.draw();
    return performance.now() - begun;
  }));
  console.log(view, 'ms by key:', times.map(time => time.toFixed(1)).join(' '));
}
await press('F2', 'a', 'c');

// What the table says is what the map says.
await page.waitForTimeout(400);
const rows = await page.$$eval('table tbody tr', all => all.length);
assert.ok(rows >= facts.units.pieces.length);

for (const colorScheme of ['light', 'dark']) {
  for (const [name, width] of [['wide', 1280], ['narrow', 380]]) {
    const other = await open({viewport: {width, height: 900}, colorScheme});
    for (const [view, key] of [['layers', 'F2'], ['heads', 'F3'], ['matrix', 'F4']]) {
      await other.focus('canvas');
      await other.keyboard.press(key);
      await other.waitForTimeout(300);
      await other.screenshot({path: `${pictures}/${view}-${colorScheme}-${name}.png`, fullPage: false});
    }
    await other.close();
  }
}
await browser.close();
assert.deepEqual(faults, []);
console.log('no error, no dialog, no request');
