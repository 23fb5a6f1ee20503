"use strict";

const list = new PackingList();
for (const name of ["Passport", "Toothbrush", "Charger"]) list.add(name);

function row(thing) {
  const item = document.createElement("li");
  item.classList.toggle("packed", thing.packed);
  const box = document.createElement("input");
  box.type = "checkbox";
  box.checked = thing.packed;
  box.setAttribute("aria-label", `Packed: ${thing.name}`);
  box.addEventListener("change", () => {
    list.toggle(thing.id);
    show();
  });
  const name = document.createElement("span");
  name.className = "name";
  name.textContent = thing.name;
  const remove = document.createElement("button");
  remove.className = "remove";
  remove.textContent = `Remove ${thing.name}`;
  remove.addEventListener("click", () => {
    list.remove(thing.id);
    show();
  });
  item.append(box, name, remove);
  return item;
}

function show() {
  document.querySelector("#things").replaceChildren(...list.things.map(row));
  document.querySelector("#progress").textContent = list.summary();
  document.querySelector("#clear").disabled = !list.things.some((thing) => thing.packed);
}

document.querySelector("#add").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = document.querySelector("#name");
  list.add(input.value);
  input.value = "";
  show();
});

document.querySelector("#clear").addEventListener("click", () => {
  list.clear();
  show();
});

document.querySelector("#sets").append(...setButtons((name) => list.add(name), show));
show();
