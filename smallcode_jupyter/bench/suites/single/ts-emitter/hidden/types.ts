import { Emitter } from "./solution";

const bus = new Emitter<string>();
const off: () => void = bus.on((name) => name.toUpperCase());
const called: number = bus.emit("notes.md");
const registered: number = bus.count();
// @ts-expect-error the payload is a text
bus.emit(7);
// @ts-expect-error the payload is a text
bus.on((payload: number) => payload);
export { off, called, registered };
