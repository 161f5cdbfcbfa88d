/*
 * Shows every form of ../../forms in form-js, the library that Camunda Tasklist shows forms with, and
 * fails when it complains, when a value is not shown in full or when the form cannot be answered.
 * With --out <folder> it also writes a picture of each: <id>.png.
 */
import { mkdirSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { launched, packageFolder } from './drawing.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    out: { type: 'string' },
    from: { type: 'string', default: join(here, '..', '..', 'forms') },
  },
});

/** Long, with what a diff and Markdown make difficult: it must be there to the last word. */
const LONG = [
  'The step **Ask the model** of the process `activity` failed three times.',
  ...Array.from({ length: 40 }, (_, i) => `Line ${i + 1} of what the owner has to read before the answer.`),
  'The last word.',
].join('\n\n');

function sample(name) {
  return /question|detail|terms/i.test(name) ? `${LONG} (${name})` : `sample-${name}`;
}

/** The names of the values that a form shows. */
function shown(form) {
  return [...new Set([...JSON.stringify(form).matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name))];
}

async function check(browser, script, file) {
  const form = JSON.parse(readFileSync(file, 'utf8'));
  const data = Object.fromEntries(shown(form).map((name) => [name, sample(name)]));
  const page = await browser.newPage({ viewport: { width: 760, height: 900 } });
  const problems = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  await page.setContent('<style>body{margin:20px;background:white}</style><div id="form"></div>');
  await page.addStyleTag({ path: join(packageFolder('@bpmn-io/form-js-viewer'), 'dist', 'assets', 'form-js.css') });
  await page.addScriptTag({ content: script });
  const { supported, warnings } = await page.evaluate(async ({ schema, values }) => {
    window.form = new FormJs.Form({ container: '#form' });
    const imported = await window.form.importSchema(schema, values);
    return { supported: FormJs.schemaVersion, warnings: imported.warnings.map((warning) => warning.message ?? String(warning)) };
  }, { schema: form, values: data });
  problems.push(...warnings);
  if (form.schemaVersion !== supported) problems.push(`schemaVersion is ${form.schemaVersion}, form-js of Camunda 8.6 has ${supported}`);

  await page.locator('#form input[type=radio]').first().waitFor();
  const text = (await page.locator('#form').innerText()).replace(/\s+/g, ' ');
  if (/\{\{|\}\}/.test(text)) problems.push('a value is not filled in');
  for (const [name, value] of Object.entries(data)) {
    const plain = value.replace(/[*`]/g, '').replace(/\s+/g, ' ');
    if (!text.includes(plain)) problems.push(`'${name}' is not shown in full`);
  }
  const send = () => page.evaluate(() => window.form.submit());
  if (Object.keys((await send()).errors).length === 0) problems.push('it can be sent without an answer');
  for (const choice of await page.locator('#form input[type=radio]').all()) {
    await choice.check();
    const { data: answer, errors } = await send();
    if (Object.keys(errors).length > 0) problems.push(`it refuses an answer: ${JSON.stringify(errors)}`);
    if (!['yes', 'no'].includes(answer.approved)) problems.push(`'approved' is ${JSON.stringify(answer.approved)}`);
  }

  if (options.out) await page.locator('#form').screenshot({ path: join(options.out, `${form.id}.png`) });
  await page.close();
  return problems;
}

if (options.out) mkdirSync(options.out, { recursive: true });
const bundle = await build({
  stdin: { contents: "export { Form, schemaVersion } from '@bpmn-io/form-js-viewer';", resolveDir: here },
  bundle: true, format: 'iife', globalName: 'FormJs', write: false, logLevel: 'error',
});
const browser = await launched();
let failed = false;
try {
  for (const name of readdirSync(options.from).filter((file) => file.endsWith('.form')).sort()) {
    const problems = await check(browser, bundle.outputFiles[0].text, join(options.from, name));
    problems.forEach((problem) => console.error(`${name}: ${problem}`));
    failed ||= problems.length > 0;
    if (problems.length === 0) console.log(`showed ${name}`);
  }
} finally {
  await browser.close();
}
process.exit(failed ? 1 : 0);
