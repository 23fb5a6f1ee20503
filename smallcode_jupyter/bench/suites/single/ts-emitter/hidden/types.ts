import { Emitter } from "./solution";

type Events = { saved: { id: number }; closed: string };
const bus = new Emitter<Events>();
const off: () => void = bus.on("saved", (payload) => {
  const id: number = payload.id;
  return id;
});
bus.once("closed", (reason) => reason.toUpperCase());
const called: number = bus.emit("closed", "done");
const registered: number = bus.count("saved");
// @ts-expect-error the id is a number
bus.emit("saved", { id: "7" });
// @ts-expect-error there is no such event
bus.emit("opened", "x");
// @ts-expect-error there is no such event
bus.on("save", () => {});
// @ts-expect-error the payload is missing
bus.emit("closed");
// @ts-expect-error the payload is a text
bus.on("closed", (payload: number) => payload);
// @ts-expect-error the payload is an object
bus.once("saved", (payload: string) => payload);
// @ts-expect-error there is no such event
bus.count("opened");
export { off, called, registered };
