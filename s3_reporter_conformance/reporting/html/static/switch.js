// Colors the drawings by the chosen reporter; without it they have the colors of the first.
"use strict";
{
  const fieldset = document.querySelector(".switch");
  const parts = [...document.querySelectorAll("[data-marks]")];
  const pair = fieldset?.querySelector(".pair");
  const signs = {};
  const words = {};
  for (const each of document.querySelectorAll("[data-mark]")) {
    signs[each.dataset.mark] = each.dataset.sign;
    words[each.dataset.mark] = each.dataset.words;
  }
  const names = [...(fieldset?.querySelectorAll("input[data-name]") ?? [])].map((each) => each.dataset.name);
  const was = new Map(parts.map((part) => [part, [part.dataset.marks.split(" ")[0]]]));

  const show = (part, classes, sign, told) => {
    part.classList.remove(...was.get(part));
    part.classList.add(...classes);
    was.set(part, classes);
    const shownSign = part.querySelector(":scope > .sign");
    if (shownSign) shownSign.textContent = sign;
    const holder = part.closest("a.part") ?? part;
    const title = holder.querySelector("title");
    if (!title) return;
    part.what ??= title.textContent.slice(0, -words[part.dataset.marks.split(" ")[0]].length);
    title.textContent = part.what + told;
    if (holder !== part) holder.setAttribute("aria-label", title.textContent);
  };
  const showOne = (index) => {
    for (const part of parts) {
      const mark = part.dataset.marks.split(" ")[index];
      show(part, [mark], signs[mark], words[mark]);
    }
    return names[index];
  };
  const showTwo = (first, second) => {
    const differing = new Set();
    for (const part of parts) {
      const marks = part.dataset.marks.split(" ");
      const [a, b] = [marks[first], marks[second]];
      const told = a === b ? words[a] : `${names[first]}: ${words[a]}; ${names[second]}: ${words[b]}`;
      show(part, [a === b ? "same" : "differs"], a === b ? "" : `${signs[a]}${signs[b]}`, told);
      if (a !== b) differing.add(part.dataset.edge ?? part.dataset.at);
    }
    return `${names[first]} and ${names[second]}: ${differing.size} arrows and boxes differ`;
  };
  const choose = () => {
    const chosen = fieldset.querySelector("input:checked").value;
    const two = chosen === "differ";
    const [first, second] = pair ? [...pair.querySelectorAll("select")].map((each) => Number(each.value)) : [];
    if (pair) document.querySelector(".differing").hidden = pair.hidden = !two;
    const told = two ? showTwo(first, second) : showOne(Number(chosen));
    document.querySelector(".caption strong").textContent = told;
    for (const each of document.querySelectorAll("[data-passed]")) each.textContent = each.dataset.passed.split("|")[chosen];
    // What is chosen here is chosen on the page of the diagram, too.
    const slug = fieldset.querySelector("input:checked").dataset.slug;
    for (const link of document.querySelectorAll(".tiles a")) link.search = slug ? `?of=${slug}` : "";
    document.dispatchEvent(new CustomEvent("chosen", { detail: two ? first : Number(chosen) }));
  };
  if (fieldset) {
    fieldset.hidden = false;
    const wanted = new URLSearchParams(location.search).get("of");
    const radio = [...fieldset.querySelectorAll("input")].find((each) => wanted && each.dataset.slug === wanted);
    if (radio) radio.checked = true;
    fieldset.addEventListener("change", choose);
    choose();
  }
}
