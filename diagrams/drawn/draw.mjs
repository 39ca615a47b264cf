// Draws ../*.mmd with Mermaid in a browser and keeps of each drawing what carries meaning: shapes,
// arrows and text, with the ids of the diagram. Colors and lines are the style sheet's.
//
//     npm install && CHROMIUM=/usr/bin/chromium npm run draw
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

const FONT = "Liberation Sans, Arial, Helvetica, sans-serif";

const browser = await puppeteer.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
const page = await browser.newPage();
await page.addScriptTag({ path: "node_modules/mermaid/dist/mermaid.min.js" });
const folder = new URL("..", import.meta.url);
for (const file of readdirSync(folder).filter((name) => name.endsWith(".mmd"))) {
  const text = readFileSync(new URL(file, folder), "utf8");
  const drawn = await page.evaluate(draw, text, FONT);
  writeFileSync(new URL(`drawn/${file.replace(".mmd", ".svg")}`, folder), `${drawn}\n`);
  console.log(`${file}: ${drawn.length} characters`);
}
await browser.close();

/** Runs in the browser. */
async function draw(text, fontFamily) {
  mermaid.initialize({
    startOnLoad: false,
    fontFamily,
    // Text that is text, and the layout that the diagrams were written for.
    htmlLabels: false,
    flowchart: { htmlLabels: false, curve: "basis", defaultRenderer: "dagre-wrapper" },
    layout: "dagre",
    look: "classic",
  });
  const holder = document.createElement("div");
  holder.innerHTML = (await mermaid.render("d", text)).svg;
  const svg = holder.firstElementChild;
  const all = (selector) => [...svg.querySelectorAll(selector)];

  for (const label of all("text")) {
    const rows = [...label.querySelectorAll(".row")];
    for (const row of rows.length ? rows : label.querySelectorAll("tspan")) {
      row.textContent = row.textContent.replace(/\s+/g, " ");
    }
  }
  for (const node of all("g.node")) node.dataset.node = /flowchart-(.+)-\d+$/.exec(node.id)[1];
  for (const edge of all("path.flowchart-link")) {
    edge.dataset.edge = edge.dataset.id;
    edge.setAttribute("class", "edge");
  }
  for (const label of all("g.edgeLabel g.label")) label.dataset.edge = label.dataset.id;
  all("[data-et=message]").forEach((line, number) => {
    const group = document.createElementNS(svg.namespaceURI, "g");
    const dashed = line.classList.contains("messageLine1") ? " answer" : "";
    group.setAttribute("class", `message${dashed}`);
    group.dataset.message = number;
    const words = [];
    while (line.previousElementSibling?.classList.contains("messageText")) {
      words.unshift(line.previousElementSibling);
      line.previousElementSibling.remove();
    }
    line.before(group);
    group.append(...words, line);
    line.setAttribute("class", "edge");
  });

  const kept = ["data-node", "data-edge", "data-message"];
  for (const element of all("*")) {
    for (const { name } of [...element.attributes]) {
      const noise = /^(data-|aria-|stroke|fill|style|id$|marker|font|alignment-baseline|name$)/;
      if (noise.test(name) && !kept.includes(name)) element.removeAttribute(name);
    }
  }
  for (const edge of all(".edge")) edge.setAttribute("marker-end", "url(#arrow)");
  for (const noise of all("style, defs, marker, linearGradient, symbol, rect:not([width])")) {
    noise.remove();
  }
  for (const label of all("text")) if (!label.textContent) label.remove();
  for (const empty of all("g").reverse()) if (!empty.childElementCount) empty.remove();
  for (const name of ["style", "id", "aria-roledescription", "role", "class"]) {
    svg.removeAttribute(name);
  }
  const [, , width, height] = svg.getAttribute("viewBox").split(" ");
  svg.setAttribute("width", Math.ceil(width));
  svg.setAttribute("height", Math.ceil(height));
  const written = new XMLSerializer().serializeToString(svg);
  return written.replaceAll("</tspan><tspan", "</tspan> <tspan").replace(/>\s*<(\/?(g|svg)|path|rect|line|polygon)/g, ">\n<$1");
}
