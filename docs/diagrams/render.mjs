/*
 * Draws every diagram of ../../processes as people see it in Camunda Modeler: <id>.svg for BPMN,
 * <id>.png for DMN. With --png it draws the BPMN diagrams as PNG as well, with --out <folder>
 * elsewhere. Needs a Chromium: the one named by the environment variable CHROMIUM, or on the PATH.
 */
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { launched, onWhite, packageFolder, stable } from './drawing.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    png: { type: 'boolean', default: false },
    out: { type: 'string', default: here },
    from: { type: 'string', default: join(here, '..', '..', 'processes') },
  },
});

async function drawBpmn(browser, file, id) {
  const page = await browser.newPage({ deviceScaleFactor: 2 });
  await page.setContent('<div id="canvas" style="width:2400px;height:1200px"></div>');
  await page.addScriptTag({ path: join(packageFolder('bpmn-js'), 'dist', 'bpmn-viewer.production.min.js') });
  const { svg, warnings } = await page.evaluate(async (xml) => {
    const viewer = new BpmnJS({ container: '#canvas' });
    const imported = await viewer.importXML(xml);
    const saved = await viewer.saveSVG();
    return { svg: saved.svg, warnings: imported.warnings.map((warning) => warning.message) };
  }, readFileSync(file, 'utf8'));
  if (warnings.length > 0) throw new Error(`${basename(file)}: ${warnings.join('; ')}`);
  const picture = stable(onWhite(svg), id);
  writeFileSync(join(options.out, `${id}.svg`), picture);
  if (options.png) {
    await page.setContent(`<style>body{margin:12px;display:inline-block}</style>${picture.slice(picture.indexOf('<svg'))}`);
    await page.locator('svg').first().screenshot({ path: join(options.out, `${id}.png`) });
  }
  await page.close();
}

async function drawDmn(browser, file, id) {
  const page = await browser.newPage({ viewport: { width: 2000, height: 900 }, deviceScaleFactor: 1.5 });
  const dist = join(packageFolder('dmn-js'), 'dist');
  await page.setContent('<style>body{margin:0;background:white}#table{padding:12px}.view-drd{display:none!important}.tjs-table{table-layout:auto!important}.tjs-table :is(td,th,td *,th *){white-space:nowrap!important}.tjs-table :is(td,th){padding:5px 14px 5px 6px!important}</style><div id="table"></div>');
  for (const sheet of ['dmn-js-shared.css', 'dmn-js-decision-table.css']) {
    await page.addStyleTag({ path: join(dist, 'assets', sheet) });
  }
  await page.addScriptTag({ path: join(dist, 'dmn-viewer.production.min.js') });
  await page.evaluate(async (xml) => {
    const viewer = new DmnJS({ container: '#table' });
    await viewer.importXML(xml);
    await viewer.open(viewer.getViews().find((view) => view.type === 'decisionTable'));
  }, readFileSync(file, 'utf8'));
  const box = await page.locator('.tjs-container').boundingBox();
  const table = await page.locator('.tjs-table').boundingBox();
  await page.screenshot({
    path: join(options.out, `${id}.png`),
    clip: { x: 0, y: 0, width: Math.max(table.x + table.width, 400) + 12, height: Math.max(table.y + table.height, box.y) + 12 },
  });
  await page.close();
}

mkdirSync(options.out, { recursive: true });
const browser = await launched();
try {
  for (const name of readdirSync(options.from).sort()) {
    const file = join(options.from, name);
    if (name.endsWith('.bpmn')) await drawBpmn(browser, file, basename(name, '.bpmn'));
    else if (name.endsWith('.dmn')) await drawDmn(browser, file, basename(name, '.dmn'));
    else continue;
    console.log(`drew ${name}`);
  }
} finally {
  await browser.close();
}
