/*
 * Does to ../../processes/activity.bpmn what docs/modeling.md describes, with the same program parts as Camunda Modeler:
 * makes room behind "Create piece", drops the element template "Ask model" on the arrow, fills its fields in, saves.
 * Writes the diagram for the test of the walk-through, and its picture. Needs a Chromium, as render.mjs does.
 */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { launched, onWhite, packageFolder, stable } from './drawing.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const processes = join(here, '..', '..', 'processes');
const saved = join(here, '..', '..', 'workers', 'src', 'test', 'resources', 'modeling', 'activity.bpmn');
const picture = join(here, '..', 'modeling', 'fact-check.svg');

/** What the person types into the fields of the template, by the name of the variable. */
const FIELDS = {
  title: 'Fact check',
  question: 'Go through the claims of the piece one by one. Which of them are facts that you know to be right, which are wrong, and which can you not tell?',
  files: '=artifactPath',
  choices: 'holds, wrong, cannot say',
  answerPath: 'factCheckPath',
  choice: 'verdict',
};

const templates = readdirSync(join(processes, 'element-templates'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(processes, 'element-templates', name), 'utf8')));

const browser = await launched();
try {
  const page = await browser.newPage();
  await page.setContent('<div id="canvas" style="width:2600px;height:1200px"></div>');
  const dist = join(packageFolder('camunda-bpmn-js'), 'dist');
  await page.addScriptTag({ path: join(dist, 'camunda-cloud-modeler.production.min.js') });
  const { xml, svg, problems } = await page.evaluate(edit, {
    before: readFileSync(join(processes, 'activity.bpmn'), 'utf8'), templates, fields: FIELDS,
  });
  if (problems.length > 0) throw new Error(problems.join('; '));
  writeFileSync(saved, xml);
  writeFileSync(picture, stable(onWhite(svg), 'fact-check'));
  console.log(`wrote ${saved} and ${picture}`);
} finally {
  await browser.close();
}

/** Runs in the browser. */
async function edit({ before, templates, fields }) {
  const modeler = new BpmnModeler({ container: '#canvas' });
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

  const flow = registry.get('Flow_Create');
  const template = modeler.get('elementTemplates').getLatest('dev.kodo.model-ask')[0];
  const shape = modeler.get('elementTemplates').createElement(filled(template, fields));
  const task = modeling.createShape(shape, { x: created.x + created.width + 110, y: created.y + created.height / 2 }, flow);
  modeling.updateProperties(task, {
    id: 'Task_CheckFacts',
    name: 'Check facts',
    documentation: [modeler.get('bpmnFactory').create('bpmn:Documentation', {
      text: 'Lets the model check the claims of the piece. Needs artifactPath; leaves factCheckPath and verdict.',
    })],
  });
  modeling.updateProperties(task.outgoing[0], { id: 'Flow_CheckFacts' });

  const { xml } = await modeler.saveXML({ format: true });
  const { svg } = await modeler.saveSVG();
  return { xml, svg, problems };

  /** The template with the fields as a person leaves them. */
  function filled(template, fields) {
    return {
      ...template,
      properties: template.properties.map((property) => {
        const name = property.binding.name ?? property.binding.source?.slice(1);
        return name in fields ? { ...property, value: fields[name] } : property;
      }),
    };
  }
}
