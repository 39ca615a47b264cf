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
    flowchart: {
      htmlLabels: false,
      curve: "basis",
      defaultRenderer: "dagre-wrapper",
      // The widest diagram fits into a window, and its text can be read.
      rankSpacing: 34,
      nodeSpacing: 36,
      padding: 10,
    },
    layout: "dagre",
    look: "classic",
  });
  const holder = document.body.appendChild(document.createElement("div"));
  holder.innerHTML = (await mermaid.render("d", text)).svg;
  const svg = holder.firstElementChild;
  const all = (selector) => [...svg.querySelectorAll(selector)];
  placeLabelsAndSigns();

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
  for (const words of all(".messageText, .loopText, .sectionTitle")) {
    // Lifelines stay behind words, and behind the sign before them.
    const { x, y, width, height } = words.getBBox();
    const background = document.createElementNS(svg.namespaceURI, "rect");
    background.setAttribute("class", "background");
    Object.entries({ x: x - 12, y, width: width + 24, height }).forEach(([name, value]) =>
      background.setAttribute(name, Math.round(value)));
    words.before(background);
  }
  all("[data-et=message]").forEach((line) => {
    const group = document.createElementNS(svg.namespaceURI, "g");
    const dashed = line.classList.contains("messageLine1") ? " answer" : "";
    group.setAttribute("class", `message${dashed}`);
    const words = [];
    while (line.previousElementSibling?.matches(".messageText, .background")) {
      words.unshift(line.previousElementSibling);
      line.previousElementSibling.remove();
    }
    line.before(group);
    group.append(...words, line);
    const text = words.map((each) => each.textContent).join(" ").trim();
    group.dataset.node = text.toLowerCase().replace(/\W+/g, "_").replace(/^_|_$/g, "");
    line.setAttribute("class", "edge");
  });

  const kept = ["data-node", "data-edge", "data-sign"];
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
  holder.remove();
  return written.replaceAll("</tspan><tspan", "</tspan> <tspan").replace(/>\s*<(\/?(g|svg)|path|rect|line|polygon)/g, ">\n<$1");

  /** Labels move beside their arrows, near the middle, and signs get a place beside their boxes. */
  function placeLabelsAndSigns() {
    svg.style.maxWidth = "none";
    svg.setAttribute("width", svg.viewBox.baseVal.width);
    const points = new Map(all("path.flowchart-link").map((edge) => [edge.dataset.id, outline(edge)]));
    const lines = [...points.values(), ...all("g.node polygon, g.node rect, g.cluster > rect").map(outline)].flat();
    const taken = all("g.cluster-label").map((each) => each.getBoundingClientRect());
    const whole = svg.getBoundingClientRect();
    const isFree = ({ left, right, top, bottom }) =>
      left > whole.left && right < whole.right &&
      !lines.some(({ x, y }) => left < x && x < right && top < y && y < bottom) &&
      !taken.some((o) => left < o.right && o.left < right && top < o.bottom && o.top < bottom);
    const take = (places, what) => {
      const place = places.find(isFree);
      if (!place) throw new Error(`no place for ${what}`);
      taken.push(place);
      return place;
    };
    for (const label of all("g.edgeLabel").filter((each) => each.textContent.trim())) {
      const { width, height, x, y } = label.getBoundingClientRect();
      const on = points.get(label.querySelector("g.label").dataset.id);
      const middle = on.length / 2;
      const near = [...on.keys()].sort((a, b) => Math.abs(a - middle) - Math.abs(b - middle));
      const beside = near.flatMap((at) => [4, 8, 12, 16].flatMap((gap) => [
        new DOMRect(on[at].x + gap, on[at].y - height / 2, width, height),
        new DOMRect(on[at].x - gap - width, on[at].y - height / 2, width, height),
      ]));
      const place = take(beside, `the label ${label.textContent}`);
      const { e, f } = label.transform.baseVal.consolidate().matrix;
      label.setAttribute("transform", `translate(${e + place.x - x}, ${f + place.y - y})`);
    }
    for (const node of all("g.node")) {
      const box = node.getBoundingClientRect();
      // The middle of each side of a decision, or a corner.
      const inward = node.querySelector("polygon") ? 4 : Infinity;
      const size = 20;
      const [left, right] = [box.left + box.width / inward, box.right - box.width / inward];
      const [top, bottom] = [box.top + box.height / inward, box.bottom - box.height / inward];
      const [above, before] = [top - size - 2, left - size - 2];
      const corners = inward === 4
        ? [[before, above + 4], [right + 2, above + 4], [before, bottom], [right + 2, bottom]]
        : [[before, top], [left, above], [right - size, above], [right + 2, top], [left, bottom + 2]];
      const place = take(corners.map((at) => new DOMRect(...at, size, size)), "a sign");
      const { e, f } = node.getScreenCTM();
      node.dataset.sign = `${Math.round(place.left + 4 - e)} ${Math.round(place.bottom - 4 - f)}`;
    }
  }

  /** Points of a shape, close together, on the screen. */
  function outline(shape) {
    const toScreen = shape.getScreenCTM();
    return Array.from({ length: Math.ceil(shape.getTotalLength() / 2) }, (_, step) =>
      shape.getPointAtLength(2 * step).matrixTransform(toScreen));
  }
}
