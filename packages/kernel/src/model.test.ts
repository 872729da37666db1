import fc from "fast-check";
import { expect, test } from "vitest";
import { command } from "./testing/commands.js";
import { Driver } from "./testing/driver.js";

const commands = fc.array(command, { minLength: 1, maxLength: 800, size: "max" });

/** Far more than the runs take: for slow machines, and so that a failure has time to shrink. */
const timeout = 60_000;
const interruptAfterTimeLimit = 30_000;

test("the kernel answers any sequence of calls as the model does", { timeout }, () => {
  fc.assert(
    fc.property(commands, (sequence) => {
      runAll(new Driver(), sequence);
    }),
    { numRuns: 70, interruptAfterTimeLimit },
  );
});

test("the kernel answers any sequence of calls as the model does, within a page limit", { timeout }, () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 12 }), commands, (pages, sequence) => {
      runAll(new Driver(pages), sequence);
    }),
    { numRuns: 70, interruptAfterTimeLimit },
  );
});

test("thousands of blocks, freed and allocated in any order, keep their bytes", { timeout }, () => {
  const step = fc.record({ index: fc.nat(), length: fc.integer({ min: 1, max: 90 }), free: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step, { minLength: 2500, maxLength: 3000, size: "max" }), (steps) => {
      const driver = new Driver();
      for (const { index, length, free } of steps) {
        if (free) driver.run({ op: "free", at: { near: "start", block: index, delta: 0 } });
        else driver.run({ op: "allocMany", count: 2, length });
        driver.run({ op: "store8", at: { near: "end", block: index, delta: -1 }, value: BigInt(index) });
      }
      expect(driver.model.blocks.size).toBeGreaterThan(192 * 4);
      driver.expectContents();
      driver.run({ op: "reset" });
    }),
    { numRuns: 4, interruptAfterTimeLimit },
  );
});

function runAll(driver: Driver, sequence: readonly Parameters<Driver["run"]>[0][]): void {
  sequence.forEach((each, index) => {
    driver.run(each);
    if (index % 64 === 63) driver.expectContents();
  });
  driver.expectContents();
  driver.run({ op: "reset" });
}
