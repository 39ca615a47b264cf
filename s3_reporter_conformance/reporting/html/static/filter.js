// Filters the matrix on the start page; without it all requirements are shown.
"use strict";
{
  const form = document.querySelector(".filters");
  const rows = [...document.querySelectorAll(".matrix tbody tr")];
  const shows = (row, wanted) => {
    const statuses = row.dataset.status.split(" ");
    return (
      row.textContent.toLowerCase().includes(wanted.get("text").trim().toLowerCase()) &&
      ["level", "diagram"].every((name) => !wanted.get(name) || wanted.get(name) === row.dataset[name]) &&
      (!wanted.get("status") || statuses.includes(wanted.get("status"))) &&
      (!wanted.get("differs") || new Set(statuses).size > 1)
    );
  };
  const filter = () => {
    const wanted = new FormData(form);
    for (const row of rows) row.hidden = !shows(row, wanted);
    const count = rows.filter((row) => !row.hidden).length;
    form.querySelector("output").textContent = `${count} of ${rows.length} requirements`;
  };
  form.hidden = false;
  form.addEventListener("input", filter);
  form.addEventListener("submit", (event) => event.preventDefault());
  filter();
}
