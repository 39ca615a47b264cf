// Plays a run through the diagram: its path lights up arrow by arrow, with the requests beside it.
"use strict";
{
  const { nodes, labels, runs } = JSON.parse(document.getElementById("runs").textContent);
  const player = document.querySelector(".player");
  const drawing = document.querySelector(".drawing > .diagram");
  const find = (name, value) => [...drawing.querySelectorAll(`[data-${name}="${CSS.escape(value)}"]`)];
  const { run: select, back, play, next, end } = player.elements;
  const status = player.querySelector(".step");
  const told = player.querySelector(".told");
  let reporter = 0;
  let step = 0;
  let timer = 0;

  const chosen = () => runs[select.value];
  const did = () => chosen().did[reporter];
  // Where the reporter left the path, it ends.
  const last = () => did().left ?? chosen().route.length - 1;
  const element = (tag, text, css = "") => {
    const made = document.createElement(tag);
    made.textContent = text;
    made.className = css;
    return made;
  };
  const describe = () => {
    const run = did();
    const name = document.querySelectorAll(".switch input[data-name]")[reporter]?.dataset.name;
    const parts = [element("p", name ? `${name}: ${run.words}` : run.words, `status ${run.css}`)];
    if (run.values) parts.push(element("p", `with ${run.values}`));
    for (const finding of ["expected", "seen"]) {
      if (run[finding]) parts.push(element("p", `${finding}: ${run[finding]}`, finding));
    }
    if (run.requests?.length) {
      const list = element("ol", "", "requests");
      list.append(...run.requests.map(([, text]) => element("li", text)));
      parts.push(element("p", "Requests to S3, bold as soon as they are sent:"), list);
    } else {
      parts.push(element("p", run.requests ? "No request reached S3." : "Nothing was seen: it was not asked."));
    }
    const link = element("a", `All that was seen of ${select.value}`);
    link.href = `../requirements/${select.value}.html`;
    told.replaceChildren(...parts, link);
  };
  const light = () => {
    for (const each of drawing.querySelectorAll(".lit, .now, .off")) each.classList.remove("lit", "now", "off");
    drawing.classList.toggle("playing", Boolean(chosen()));
    for (const button of [back, play, next, end]) button.disabled = !chosen();
    if (!chosen()) {
      status.textContent = "";
      told.replaceChildren();
      return;
    }
    const { route } = chosen();
    for (let at = 0; at <= step; at++) {
      const here = at === step ? ["lit", "now"] : ["lit"];
      const off = at === did().left ? ["off"] : [];
      for (const each of find("at", route[at])) each.classList.add(...here, ...off);
      if (at) for (const each of find("edge", `L_${route[at - 1]}_${route[at]}_0`)) each.classList.add(...here, ...off);
    }
    const label = labels[`${route[step - 1]} ${route[step]}`];
    const where = `${label ? `(${label}) ` : ""}${nodes[route[step]]}`;
    const off = step === did().left ? "✗ left here, not reached: " : "";
    status.textContent = `${step + 1} of ${last() + 1}: ${off}${where}`;
    [...told.querySelectorAll("li")].forEach((each, number) => {
      each.classList.toggle("sent", did().requests[number][0] <= step);
    });
    back.disabled = step === 0;
    next.disabled = end.disabled = step === last();
  };
  // Large drawings do not fit into the window, and the player may cover their upper part.
  const follow = () => {
    const here = find("at", chosen().route[step])[0];
    const box = here.getBoundingClientRect();
    const area = drawing.parentElement.getBoundingClientRect();
    const bar = player.getBoundingClientRect();
    const covered = bar.left < box.right && bar.right > box.left ? Math.max(0, bar.bottom) : 0;
    const outside = box.left < area.left || box.right > area.right;
    if (outside || box.bottom > innerHeight || box.top < covered) here.scrollIntoView({ block: "center", inline: "center" });
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  };
  const go = (to) => {
    step = Math.max(0, Math.min(to, last()));
    light();
    follow();
    if (step === last()) stop();
  };
  const begin = () => {
    stop();
    step = 0;
    if (chosen()) describe();
    light();
  };
  select.addEventListener("change", begin);
  back.addEventListener("click", () => (stop(), go(step - 1)));
  next.addEventListener("click", () => (stop(), go(step + 1)));
  end.addEventListener("click", () => (stop(), go(last())));
  play.addEventListener("click", () => {
    if (timer) return stop();
    if (step === last()) go(0);
    play.textContent = "Pause";
    timer = setInterval(() => go(step + 1), 900);
  });
  player.addEventListener("submit", (event) => event.preventDefault());
  document.addEventListener("chosen", (event) => {
    reporter = event.detail;
    begin();
  });
  // The switch has been there before.
  const of = document.querySelector(".switch input:checked")?.value;
  reporter = Number(of) || 0;
  const wanted = new URLSearchParams(location.search).get("play");
  if (wanted in runs) select.value = wanted;
  player.hidden = false;
  begin();
}
