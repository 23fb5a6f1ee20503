"use strict";

const list = new PackingList();
for (const name of ["Passport", "Toothbrush", "Charger"]) list.add(name);

function row(thing) {
  const item = document.createElement("li");
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
  item.append(name, remove);
  return item;
}

function show() {
  document.querySelector("#things").replaceChildren(...list.things.map(row));
  document.querySelector("#progress").textContent = list.summary();
}

document.querySelector("#add").addEventListener("submit", (event) => {
  event.preventDefault();
  const input = document.querySelector("#name");
  list.add(input.value);
  input.value = "";
  show();
});

document.querySelector("#sets").append(...setButtons((name) => list.add(name), show));
show();
