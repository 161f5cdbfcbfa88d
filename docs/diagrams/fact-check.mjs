/*
 * Does to ../../processes/activity.bpmn what docs/modeling.md describes, with the same program parts as Camunda Modeler:
 * makes room behind "Create piece", drops the element template "Ask model" on the arrow, types into its fields, saves.
 * Writes the diagram for the test of the walk-through, and the pictures of that page. Needs a Chromium, as render.mjs does.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launched, onWhite, packageFolder, stable } from './drawing.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const processes = join(here, '..', '..', 'processes');
const saved = join(here, '..', '..', 'workers', 'src', 'test', 'resources', 'modeling', 'activity.bpmn');
const pictures = join(here, '..', 'modeling');

const TEMPLATE = 'dev.kodo.model-ask';

/** What the person types on the new task: group of the panel, entry, text; and on the new arrow. */
const TASK = [
  ['group-general', 'name', 'Check facts'],
  ['group-general', 'id', 'Task_CheckFacts'],
  ['group-documentation', 'documentation', 'Lets the model check the claims of the piece. Needs artifactPath; leaves factCheckPath and factCheck.'],
  ...[
    'Fact check',
    'Go through the claims of the piece one by one. Which of them are facts that you know to be right, which are wrong, and which can you not tell?',
    '=artifactPath',
    'holds, wrong, cannot say',
  ].map((text, i) => ['group-ElementTemplates__CustomProperties-fields', `custom-entry-${TEMPLATE}-fields-${i}`, text]),
  ...['factCheckPath', 'factCheck']
    .map((text, i) => ['group-ElementTemplates__CustomProperties-leaves', `custom-entry-${TEMPLATE}-leaves-${i}`, text]),
];
const ARROW = [['group-general', 'id', 'Flow_CheckFacts']];

const templates = readdirSync(join(processes, 'element-templates'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(processes, 'element-templates', name), 'utf8')));

const browser = await launched();
try {
  const page = await browser.newPage({ viewport: { width: 3100, height: 1250 } });
  await page.setContent('<!DOCTYPE html><style>body{margin:0;font-family:sans-serif}</style><div style="display:flex"><div id="canvas" style="width:2600px;height:1200px"></div><div id="panel" style="width:420px;height:1200px"></div></div>');
  const dist = join(packageFolder('camunda-bpmn-js'), 'dist');
  for (const sheet of ['camunda-cloud-modeler.css', 'properties-panel.css', 'element-templates.css']) {
    await page.addStyleTag({ path: join(dist, 'assets', sheet) });
  }
  await page.addScriptTag({ path: join(dist, 'camunda-cloud-modeler.production.min.js') });
  const problems = await page.evaluate(dropOnTheArrow, {
    before: readFileSync(join(processes, 'activity.bpmn'), 'utf8'), templates, id: TEMPLATE,
  });
  if (problems.length > 0) throw new Error(problems.join('; '));
  await fillIn(page, TASK);
  await page.locator('#panel').screenshot({ path: join(pictures, 'fields.png') });
  await page.evaluate(() => modeler.get('selection').select(task.outgoing[0]));
  await fillIn(page, ARROW);
  const { xml, svg } = await page.evaluate(async () => ({
    ...(await modeler.saveXML({ format: true })), ...(await modeler.saveSVG()),
  }));
  writeFileSync(saved, xml);
  writeFileSync(join(pictures, 'fact-check.svg'), stable(onWhite(svg), 'fact-check'));
  console.log(`wrote ${saved} and the pictures in ${pictures}`);
} finally {
  await browser.close();
}

/** Opens the groups that are closed, and types. */
async function fillIn(page, entries) {
  for (const [group, entry, text] of entries) {
    const header = page.locator(`[data-group-id="${group}"] .bio-properties-panel-group-header`);
    const field = page.locator(`[data-entry-id="${entry}"]`).locator('input, textarea').first();
    await header.waitFor();
    if (!(await field.isVisible())) await header.click();
    await field.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type(text);
    // The list of variables that Modeler proposes for an expression would stay open.
    if (text.startsWith('=')) await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
  }
}

/** Runs in the browser; leaves the modeler and the new task in its global variables. */
async function dropOnTheArrow({ before, templates, id }) {
  const modeler = new BpmnModeler({
    container: '#canvas', propertiesPanel: { parent: '#panel' }, debounceInput: false,
  });
  const problems = [];
  modeler.on('elementTemplates.errors', ({ errors }) => problems.push(...errors.map((error) => error.message)));
  const { warnings } = await modeler.importXML(before);
  problems.push(...warnings.map((warning) => warning.message));
  const registry = modeler.get('elementRegistry');
  const modeling = modeler.get('modeling');
  modeler.get('elementTemplatesLoader').setTemplates(templates);

  const created = registry.get('Task_Create');
  const start = created.x + created.width + 20;
  const space = modeler.get('spaceTool');
  const all = registry.filter((element) => element !== modeler.get('canvas').getRootElement());
  const { movingShapes, resizingShapes } = space.calculateAdjustments(all, 'x', 160, start);
  space.makeSpace(movingShapes, resizingShapes, { x: 160, y: 0 }, 'e', start);

  const [template] = modeler.get('elementTemplates').getLatest(id);
  const shape = modeler.get('elementTemplates').createElement(template);
  const middle = { x: created.x + created.width + 110, y: created.y + created.height / 2 };
  window.modeler = modeler;
  window.task = modeling.createShape(shape, middle, registry.get('Flow_Create'));
  // The panel first shows the diagram itself; a click of a person comes later, too.
  await new Promise((shown) => setTimeout(shown, 500));
  modeler.get('selection').select(window.task);
  return problems;
}
