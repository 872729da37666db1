import { Fd, wasi } from "@bjorn3/browser_wasi_shim";
import { Errno } from "./errno.js";
import { Rights } from "./rights.js";

/** Standard input: always at its end. */
export class EmptyInput extends Fd {
  override fd_read(): { ret: number; data: Uint8Array } {
    return { ret: Errno.SUCCESS, data: new Uint8Array() };
  }

  override fd_fdstat_get(): { ret: number; fdstat: wasi.Fdstat } {
    return characterDevice(Rights.FD_READ);
  }

  override fd_filestat_get(): { ret: number; filestat: wasi.Filestat } {
    return { ret: Errno.SUCCESS, filestat: new wasi.Filestat(0n, wasi.FILETYPE_CHARACTER_DEVICE, 0n) };
  }

  override fd_fdstat_set_flags(): number {
    return Errno.SUCCESS;
  }

  override fd_seek(): { ret: number; offset: bigint } {
    return { ret: Errno.SPIPE, offset: 0n };
  }

  override fd_tell(): { ret: number; offset: bigint } {
    return { ret: Errno.SPIPE, offset: 0n };
  }
}

/** Standard output or error: whole lines go to `write`, and what is left of one when {@link LineOutput.flush} is called. */
export class LineOutput extends EmptyInput {
  readonly #write: (line: string) => void;
  #decoder = new TextDecoder();
  #line = "";

  constructor(write: (line: string) => void) {
    super();
    this.#write = write;
  }

  override fd_read(): { ret: number; data: Uint8Array } {
    return { ret: Errno.BADF, data: new Uint8Array() };
  }

  override fd_write(data: Uint8Array): { ret: number; nwritten: number } {
    for (let at = 0; at < data.length; at += MAX_LINE) {
      this.#take(this.#decoder.decode(data.subarray(at, at + MAX_LINE), { stream: true }));
    }
    return { ret: Errno.SUCCESS, nwritten: data.length };
  }

  override fd_fdstat_get(): { ret: number; fdstat: wasi.Fdstat } {
    return characterDevice(Rights.FD_WRITE);
  }

  flush(): void {
    this.#take(this.#decoder.decode());
    if (this.#line !== "") this.#write(this.#line);
    this.#line = "";
  }

  #take(text: string): void {
    const lines = (this.#line + text).split("\n");
    this.#line = lines.pop() ?? "";
    for (const line of lines) this.#write(line);
    if (this.#line.length >= MAX_LINE) {
      this.#write(this.#line);
      this.#line = "";
    }
  }
}

/** In UTF-16 units: a plug-in that never ends a line must not fill the host's memory with it. */
const MAX_LINE = 65_536;

function characterDevice(rights: bigint): { ret: number; fdstat: wasi.Fdstat } {
  const fdstat = new wasi.Fdstat(wasi.FILETYPE_CHARACTER_DEVICE, 0);
  fdstat.fs_rights_base = rights;
  return { ret: Errno.SUCCESS, fdstat };
}
