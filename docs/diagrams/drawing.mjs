/* What the scripts of this folder share: the browser, the packages, and how a picture is made fit for the repository. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const require = createRequire(import.meta.url);

const BROWSER_FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

function browserPath() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    try {
      return execFileSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
    } catch {
      // Not this one; the next name may be there.
    }
  }
  throw new Error('No Chromium found. Install one, or set CHROMIUM to the path of its program.');
}

/** The folder of an installed package, whatever its package.json exports. */
export function packageFolder(name) {
  return require.resolve.paths(name).map((folder) => join(folder, name)).find((folder) => {
    try {
      readFileSync(join(folder, 'package.json'));
      return true;
    } catch {
      return false;
    }
  });
}

/** The browser: the one named by the environment variable CHROMIUM, or on the PATH. */
export function launched() {
  return chromium.launch({ executablePath: browserPath(), args: BROWSER_FLAGS });
}

/** Gives the picture a white ground, so that it can be read on a dark page too. */
export function onWhite(svg) {
  const [, viewBox] = /viewBox="([^"]+)"/.exec(svg);
  const [x, y, width, height] = viewBox.split(/[\s,]+/).map(Number);
  const pad = 14;
  return svg
    .replace(/width="[^"]*" height="[^"]*" viewBox="[^"]*"/,
      `width="${width + 2 * pad}" height="${height + 2 * pad}" viewBox="${x - pad} ${y - pad} ${width + 2 * pad} ${height + 2 * pad}"`)
    .replace(/(<svg[^>]*>)/,
      `$1<rect x="${x - pad}" y="${y - pad}" width="${width + 2 * pad}" height="${height + 2 * pad}" fill="white"/>`);
}

/** Arrow heads get random ids from bpmn-js; the same diagram must give the same file. */
export function stable(svg, id) {
  const markers = [...svg.matchAll(/<marker id="([^"]+)"/g)].map(([, marker]) => marker);
  return markers.reduce((text, marker, i) => text.replaceAll(marker, `${id}-arrow-${i + 1}`), svg);
}
