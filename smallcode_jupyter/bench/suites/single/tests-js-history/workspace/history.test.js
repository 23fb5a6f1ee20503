// Tests of history.js.
