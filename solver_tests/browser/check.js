// Opens a report in a real browser, as its reader does: from a file, without a network.
//
//   node check.js ../../out/report.html
//
// 1. axe: no violation of WCAG 2.2, levels A and AA, on a wide and on a narrow window.
// 2. At 320 CSS pixels nothing makes the page scroll sideways (WCAG 1.4.10); wide tables scroll in a box of their own.
// 3. The first Tab reaches the skip link, which shows itself; Enter moves the focus to the content; the next Tab goes on
//    from there.
// 4. The page asks for nothing but itself.
//
// CHROMIUM names the browser; otherwise the usual places are tried. It says what is wrong and ends with 1.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
const BROWSERS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const reports = process.argv.slice(2);
if (reports.length === 0) {
  console.error("usage: node check.js report.html...");
  process.exit(2);
}
const executablePath = process.env.CHROMIUM ?? BROWSERS.find((path) => existsSync(path));
if (executablePath === undefined) {
  console.error(`browser: no Chromium at ${BROWSERS.join(", ")}; set CHROMIUM to its path`);
  process.exit(2);
}

async function violations(page) {
  await page.evaluate(AXE);
  const found = await page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), RULES);
  if (found.passes.length === 0) {
    return ["axe: no rule was tried"];
  }
  return found.violations.map((rule) => {
    const places = rule.nodes.map((node) => node.target.join(" ")).join("; ");
    return `axe: ${rule.id}: ${rule.help} at ${places}`;
  });
}

async function sideways(page) {
  const [needed, given] = await page.evaluate(() => {
    const root = document.scrollingElement;
    return [root.scrollWidth, root.clientWidth];
  });
  return needed > given ? [`the page needs ${needed} pixels and has ${given}`] : [];
}

async function skipLink(page) {
  const faults = [];
  const focus = () =>
    page.evaluate(() => {
      const here = document.activeElement;
      const box = here.getBoundingClientRect();
      const shown = box.width > 0 && box.height > 0 && box.left >= 0 && box.top >= 0 && box.right <= innerWidth;
      const content = document.querySelector("main");
      return { href: here.getAttribute("href"), shown, isContent: here === content, inContent: content.contains(here) };
    });
  await page.keyboard.press("Tab");
  const first = await focus();
  if (first.href !== "#main" || !first.shown) {
    faults.push(`the first Tab does not show the skip link: ${JSON.stringify(first)}`);
  }
  await page.keyboard.press("Enter");
  if (!(await focus()).isContent) {
    faults.push("Enter on the skip link does not move the focus to the content");
  }
  await page.keyboard.press("Tab");
  const next = await focus();
  if (!next.inContent || next.isContent) {
    faults.push("Tab after the skip link does not go on within the content");
  }
  return faults;
}

async function check(browser, report) {
  const url = pathToFileURL(resolve(report)).href;
  const faults = [];
  for (const width of [1280, 320]) {
    const page = await browser.newPage({ viewport: { width, height: 800 } });
    page.on("request", (request) => {
      if (request.url().split("#")[0] !== url) faults.push(`asks for ${request.url()}`);
    });
    page.on("pageerror", (error) => faults.push(`script: ${error.message}`));
    await page.goto(url);
    const found = [...(await sideways(page)), ...(await skipLink(page)), ...(await violations(page))];
    faults.push(...found.map((fault) => `${width} pixels wide: ${fault}`));
    await page.close();
  }
  return faults;
}

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
let failed = 0;
for (const report of reports) {
  const faults = await check(browser, report);
  faults.forEach((fault) => console.error(`browser: ${report}: ${fault}`));
  failed += faults.length === 0 ? 0 : 1;
}
await browser.close();
if (failed > 0) {
  process.exit(1);
}
console.log(`browser: ${reports.length} reports, WCAG 2.2 AA, 320 pixels, keyboard: no fault`);
