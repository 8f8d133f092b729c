// Written HTML pages against axe-core in headless Chromium: no violation, in light and dark, on a wide and a narrow window.
//
//   node tests/conformance/axe.cjs FOLDER_OF_NODE_MODULES PAGE.html…
//
// Needs axe-core and puppeteer-core in that folder, and a Chromium (CHROMIUM, or /usr/bin/chromium).
const path = require("path");
const { pathToFileURL } = require("url");
const { createRequire } = require("module");

async function main([modules, ...pages]) {
  if (!modules || pages.length === 0) throw new Error("usage: axe.cjs NODE_MODULES PAGE…");
  const load = createRequire(path.resolve(modules, "x.js"));
  const puppeteer = load("puppeteer-core");
  const axe = require("fs").readFileSync(load.resolve("axe-core/axe.min.js"), "utf8");
  const browser = await (puppeteer.default || puppeteer).launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  });
  let failed = 0;
  let checks = 0;
  for (const page of pages) {
    for (const scheme of ["light", "dark"]) {
      for (const width of [1400, 400]) {
        const tab = await browser.newPage();
        const fetched = [];
        tab.on("request", (request) => fetched.push(request.url()));
        await tab.setViewport({ width, height: 900 });
        await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await tab.goto(pathToFileURL(path.resolve(page)).href);
        await tab.evaluate(axe);
        const result = await tab.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
        checks += 1;
        for (const violation of result.violations) {
          failed += 1;
          console.log(`${page} (${scheme}, ${width}): ${violation.id}: ${violation.help}`);
          for (const node of violation.nodes.slice(0, 3)) console.log(`    ${node.html.slice(0, 160)}`);
        }
        if (fetched.length > 1) {
          failed += 1;
          console.log(`${page}: fetches ${fetched.slice(1).join(", ")}`);
        }
        await tab.close();
      }
    }
  }
  await browser.close();
  console.log(`axe-core: ${checks} checks of ${pages.length} pages, ${failed} violations`);
  process.exitCode = failed ? 1 : 0;
}

main(process.argv.slice(2)).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
