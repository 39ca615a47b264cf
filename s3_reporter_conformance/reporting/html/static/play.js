// Plays a run through the diagram: its route lights up step by step.
"use strict";
{
  const { nodes, labels, runs } = JSON.parse(document.getElementById("played").textContent);
  const player = document.querySelector(".player");
  const drawing = document.querySelector(".drawing > .diagram");
  const find = (name, value) => [...drawing.querySelectorAll(`[data-${name}="${CSS.escape(value)}"]`)];
  const { run: select, back, play, next, end } = player.elements;
  const status = player.querySelector(".step");
  const told = player.querySelector(".told");
  const [outcome, link] = told.children;
  let reporter = 0;
  let step = 0;
  let timer = 0;

  const did = () => runs[select.value]?.[reporter];
  const route = () => did().route.flatMap((path) => path.map((node, at) => [path[at - 1], node]));
  const last = () => (did() ? route().length - 1 : 0);
  const attempts = document.querySelectorAll("[data-attempt]");
  const describe = () => {
    const run = did();
    outcome.textContent = run ? run.words : "This reporter did not make this run.";
    outcome.className = `status ${run?.css ?? ""}`;
    const slug = document.querySelectorAll(".switch input")[reporter]?.dataset.slug ?? "";
    link.href = `${player.dataset.root}runs/${select.value}.html#${slug}`;
    told.hidden = !select.value;
  };
  const light = () => {
    for (const each of drawing.querySelectorAll(".lit, .now, .off")) each.classList.remove("lit", "now", "off");
    drawing.classList.toggle("playing", Boolean(did()));
    for (const button of [back, play, next, end]) button.disabled = !did();
    if (!did()) {
      status.textContent = "";
      return;
    }
    const { broken } = did();
    let made = 0;
    for (let at = 0; at <= step; at++) {
      const [before, node] = route()[at];
      if (node === "begin" || node === "retry") made += 1;
      const here = at === step ? ["lit", "now"] : ["lit"];
      for (const each of find("node", node)) each.classList.add(...here, ...(node in broken ? ["off"] : []));
      if (before) for (const each of find("edge", `L_${before}_${node}_0`)) each.classList.add(...here);
    }
    // Attempts after the end of the way are shown there: the diagram has none.
    for (const each of attempts) each.classList.toggle("faint", step < last() && each.dataset.attempt > made);
    const [before, node] = route()[step];
    const label = labels[`${before} ${node}`];
    const off = node in broken ? `; ✗ broken here: ${[...new Set(broken[node])].join(", ")}` : "";
    status.textContent = `${step + 1} of ${last() + 1}: ${label ? `(${label}) ` : ""}${nodes[node]}${off}`;
    back.disabled = step === 0;
    next.disabled = end.disabled = step === last();
  };
  const stop = () => {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
  };
  const go = (to) => {
    step = Math.max(0, Math.min(to, last()));
    light();
    // Large drawings do not fit into the window.
    find("node", route()[step][1])[0].scrollIntoView({ block: "nearest", inline: "center" });
    if (step === last()) stop();
  };
  const begin = () => {
    stop();
    // Where one run alone can be played, its whole route is shown first.
    step = select.options.length > 1 ? 0 : last();
    describe();
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
  // The switch ran first.
  reporter = Number(document.querySelector(".switch input:checked")?.value) || 0;
  const wanted = new URLSearchParams(location.search).get("play");
  if (wanted in runs) select.value = wanted;
  player.hidden = false;
  begin();
}
