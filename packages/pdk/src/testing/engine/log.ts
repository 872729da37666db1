import { engineState } from "./state.js";

export const trace = line("trace");
export const debug = line("debug");
export const info = line("info");
export const warn = line("warn");
export const error = line("error");

export function level(): number {
  return engineState.level;
}

function line(name: string): (message: string) => void {
  return (message) => {
    engineState.log.push(`${name}: ${message}`);
  };
}
