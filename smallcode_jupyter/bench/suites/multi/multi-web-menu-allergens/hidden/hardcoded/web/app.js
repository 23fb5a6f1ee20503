"use strict";

/** One element with a class and a text. */
function element(tag, className, text) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}

function dishElement(dish) {
  const item = element("li", "dish", "");
  item.append(element("span", "name", dish.name), element("span", "price", (dish.cents / 100).toFixed(2)));
  if (dish.allergens.length > 0) {
    item.append(element("span", "allergens", `contains ${dish.allergens.join(", ")}`));
  }
  return item;
}

const without = document.querySelector("#without");

function show() {
  const dishes = window.MENU.dishes.filter((dish) => !dish.allergens.includes(without.value));
  document.querySelector("#dishes").replaceChildren(...dishes.map(dishElement));
  document.querySelector("#count").textContent = `${dishes.length} dishes`;
}

without.append(new Option("anything", ""));
for (const name of window.MENU.allergens) without.append(new Option(name, name));
without.addEventListener("change", show);
show();
