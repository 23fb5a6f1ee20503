window.MENU = {
 "dishes": [
  {
   "name": "Tomato soup",
   "cents": 450
  },
  {
   "name": "Pasta",
   "cents": 980
  },
  {
   "name": "Fruit salad",
   "cents": 390
  }
 ]
};
