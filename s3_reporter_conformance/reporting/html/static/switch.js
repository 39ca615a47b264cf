// Colors the drawings by the chosen reporter; without it they have the colors of the first.
"use strict";
{
  const fieldset = document.querySelector(".switch");
  const parts = [...document.querySelectorAll("[data-marks]")];
  const signs = {};
  const words = {};
  for (const each of document.querySelectorAll("[data-mark]")) {
    signs[each.dataset.mark] = each.dataset.sign;
    words[each.dataset.mark] = each.dataset.words;
  }
  const show = (part, index) => {
    const marks = part.dataset.marks.split(" ");
    const mark = marks[index];
    part.classList.remove(...marks);
    part.classList.add(mark);
    const link = part.closest(".drawing a");
    if (!link) return;
    link.querySelector(".sign").textContent = signs[mark];
    const title = link.querySelector("title");
    part.what ??= title.textContent.slice(0, -words[marks[0]].length);
    title.textContent = part.what + words[mark];
    link.setAttribute("aria-label", title.textContent);
  };
  const choose = () => {
    const radio = fieldset.querySelector("input:checked");
    const index = Number(radio.value);
    for (const part of parts) show(part, index);
    document.querySelector(".caption strong").textContent = radio.dataset.name;
    for (const each of document.querySelectorAll("[data-of]")) each.hidden = each.dataset.of !== radio.value;
    // The page of a diagram begins with the same choice.
    for (const link of document.querySelectorAll(".tiles a")) link.search = `?of=${radio.dataset.slug}`;
    document.dispatchEvent(new CustomEvent("chosen", { detail: index }));
  };
  if (fieldset) {
    fieldset.hidden = false;
    const wanted = new URLSearchParams(location.search).get("of");
    const radio = [...fieldset.querySelectorAll("input")].find((each) => wanted && each.dataset.slug === wanted);
    if (radio) radio.checked = true;
    fieldset.addEventListener("change", choose);
    choose();
  }
  // A drawing that is wider than the screen begins at what failed, not at an empty corner.
  for (const each of document.querySelectorAll(".drawing")) {
    const part = each.querySelector("[data-node].failed") ?? each.querySelector("[data-node]");
    const at = part.getBoundingClientRect();
    each.scrollLeft += (at.left + at.right) / 2 - each.getBoundingClientRect().left - each.clientWidth / 2;
  }
}
