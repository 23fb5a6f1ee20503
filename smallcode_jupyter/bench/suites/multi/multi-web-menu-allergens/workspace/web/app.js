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
  return item;
}

function show() {
  const dishes = window.MENU.dishes;
  document.querySelector("#dishes").replaceChildren(...dishes.map(dishElement));
  document.querySelector("#count").textContent = `${dishes.length} dishes`;
}

show();
