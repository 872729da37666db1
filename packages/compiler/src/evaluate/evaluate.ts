import { EngineInstance } from "./engine-instance.js";
import type { EvaluationReply, EvaluationRequest, ExportProblem } from "./messages.js";

/** Evaluates a bundle in new instances of the engine, and answers the state that it leaves behind. */
export function evaluate(engine: WebAssembly.Module, request: EvaluationRequest): EvaluationReply {
  const { id } = request;
  try {
    // An instance of its own, so that the rubbish of compiling doesn't get into the plug-in.
    const compiled = new EngineInstance(engine).compile(request.code);
    if (compiled.failed) return { id, kind: "thrown", text: compiled.text, code: compiled.code };
    return evaluateBytecode(new EngineInstance(engine), compiled.bytes, request);
  } catch (error) {
    return { id, kind: "broken", text: String(error) };
  }
}

function evaluateBytecode(
  instance: EngineInstance,
  bytecode: Uint8Array<ArrayBuffer>,
  request: EvaluationRequest,
): EvaluationReply {
  const { id } = request;
  instance.setHostFunctions(request.imports);
  instance.setSourceMap(request.map);
  if (request.stackLimit !== null) instance.setStackLimit(request.stackLimit);
  instance.refuseEval(!request.eval);
  const ran = instance.run(bytecode);
  if (ran.failed) return { id, kind: "thrown", text: ran.text, code: ran.code };
  const bound = instance.bind(request.exports);
  if (bound.failed) return { id, kind: "thrown", text: bound.text, code: bound.code };
  // The prelude's answer, in its words.
  const answer = JSON.parse(bound.text) as { readonly names: readonly string[] } | ExportProblem;
  if ("problem" in answer) return { id, kind: "exports", problem: answer };
  instance.refuseEval(false);
  if (!request.keepMap) instance.setSourceMap("");
  return { id, kind: "done", evaluation: { ...instance.finish(answer.names.length), names: answer.names } };
}
