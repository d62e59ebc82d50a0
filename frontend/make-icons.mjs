// Draws the PNG icons of `public/` from the owl: `node make-icons.mjs`, after a change of the owl.
import { readFileSync, writeFileSync } from "node:fs";
import { chromium } from "@playwright/test";

const owl = readFileSync("public/owl.svg", "utf8");
// On a badge only the shape is seen, in white; its eyes are holes.
const shape = owl
  .replaceAll(/fill="#(?:3c3f7d|575bb0)"/g, 'fill="#fff"')
  .replaceAll(/<circle[^>]*r="[24]"[^>]*\/>/g, "")
  .replaceAll(/(<circle[^>]*)fill="#fff"/g, '$1fill="#000"')
  .replaceAll('fill="#e0912f"', 'fill="#000"');
const PAPER = "#faf8f4";
// A maskable icon may lose all but a circle of 80 %.
const ICONS = [
  { file: "icons/192.png", size: 192, part: 1 },
  { file: "icons/512.png", size: 512, part: 1 },
  { file: "icons/maskable-192.png", size: 192, part: 0.74, paper: PAPER },
  { file: "icons/maskable-512.png", size: 512, part: 0.74, paper: PAPER },
  { file: "apple-touch-icon.png", size: 180, part: 0.88, paper: PAPER },
];

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage();

async function draw(svg, { file, size, part, paper = "transparent" }) {
  const picture = svg.replace("<svg ", `<svg width="${size * part}" height="${size * part}" `);
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${paper}">${picture}`,
  );
  writeFileSync(`public/${file}`, await page.screenshot({ omitBackground: true }));
}

for (const icon of ICONS) await draw(owl, icon);
// The mask turns black into holes.
const inner = shape.replace(/<\/?svg[^>]*>/g, "");
await draw(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48"><mask id="m">${inner}</mask><rect width="48" height="48" fill="#fff" mask="url(#m)"/></svg>`,
  { file: "icons/badge.png", size: 96, part: 1 },
);
await draw(owl, { file: "favicon.ico", size: 48, part: 1 });
// An icon file is a directory of one entry, then the PNG (48 x 48, 32 bits).
const png = readFileSync("public/favicon.ico");
const directory = Buffer.from([
  0, 0, 1, 0, 1, 0, 48, 48, 0, 0, 1, 0, 32, 0, 0, 0, 0, 0, 22, 0, 0, 0,
]);
directory.writeUInt32LE(png.length, 14);
writeFileSync("public/favicon.ico", Buffer.concat([directory, png]));
await browser.close();
