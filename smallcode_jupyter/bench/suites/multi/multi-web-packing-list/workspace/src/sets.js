"use strict";

/** Things that go together; a button of the page adds a whole set. */
const SETS = {
  Beach: ["Towel", "Sunscreen", "Swimsuit"],
  Hiking: ["Boots", "Map", "Water bottle"],
};

/** A button for each set; `add` is called with each name, `done` after the last one. */
function setButtons(add, done) {
  return Object.entries(SETS).map(([title, names]) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "set";
    button.textContent = title;
    button.addEventListener("click", () => {
      names.forEach(add);
      done();
    });
    return button;
  });
}
