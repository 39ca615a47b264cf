// Filters the matrix on the start page, and opens and closes its groups; without it everything is shown.
"use strict";
{
  const form = document.querySelector(".filters");
  const groups = [...document.querySelectorAll(".matrix tbody")].map((body) => {
    const title = body.querySelector(".title");
    const button = document.createElement("button");
    button.type = "button";
    button.append(...title.childNodes);
    title.append(button);
    return { body, button, rows: [...body.rows], asked: [...body.querySelectorAll(".asked")] };
  });
  const everything = groups.flatMap((group) => group.asked).length;
  const shows = (row, wanted) => {
    const statuses = row.dataset.status.split(" ");
    return (
      row.textContent.toLowerCase().includes(wanted.get("text").trim().toLowerCase()) &&
      ["level", "diagram"].every((name) => !wanted.get(name) || wanted.get(name) === row.dataset[name]) &&
      (!wanted.get("status") || statuses.includes(wanted.get("status"))) &&
      (!wanted.get("differs") || new Set(statuses).size > 1)
    );
  };
  const open = (group, opened) => {
    group.body.classList.toggle("closed", !opened);
    group.button.setAttribute("aria-expanded", opened);
  };
  const told = () => {
    const opened = groups.some((group) => !group.body.classList.contains("closed"));
    form.elements.all.textContent = opened ? "Close all" : "Open all";
    form.elements.all.setAttribute("aria-expanded", opened);
  };
  const filter = () => {
    const wanted = new FormData(form);
    const filtered = [...wanted.values()].some((value) => value.trim());
    let count = 0;
    for (const group of groups) {
      const found = new Set(group.asked.filter((row) => shows(row, wanted)));
      count += found.size;
      let rule = null;
      for (const row of group.rows) {
        if (row.className === "rule") (rule = row).hidden = true;
        if (row.className !== "asked") continue;
        row.hidden = !found.has(row);
        // A rule is shown with the first of its requirements.
        if (rule && !row.hidden) rule.hidden = false;
      }
      group.body.hidden = !found.size;
      open(group, filtered);
    }
    form.querySelector("output").textContent = `${count} of ${everything} requirements`;
    told();
  };
  for (const group of groups) {
    group.button.addEventListener("click", () => {
      open(group, group.body.classList.contains("closed"));
      told();
    });
  }
  form.elements.all.addEventListener("click", () => {
    const opened = form.elements.all.getAttribute("aria-expanded") === "true";
    for (const group of groups) open(group, !opened);
    told();
  });
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}
